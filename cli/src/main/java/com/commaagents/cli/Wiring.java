package com.commaagents.cli;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.cli.config.DaemonSettings;
import com.commaagents.cli.daemon.DaemonService;
import com.commaagents.cli.daemon.DaemonServiceFactory;

/// Where the parts of the daemon come together, with plain constructors.
final class Wiring implements DaemonServiceFactory {
  @Override
  public DaemonService start(DaemonSettings settings) {
    throw new Fault(FaultCode.UNSUPPORTED, "This build has no daemon.");
  }
}
