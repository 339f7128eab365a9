package com.commaagents.cli.daemon;

import com.commaagents.base.fault.Fault;
import com.commaagents.cli.config.DaemonSettings;

/// Builds and starts what a daemon process serves.
@FunctionalInterface
public interface DaemonServiceFactory {
  /// Returns when the service listens.
  ///
  /// @throws Fault when it cannot listen or a setting does not fit; nothing is left behind
  DaemonService start(DaemonSettings settings);
}
