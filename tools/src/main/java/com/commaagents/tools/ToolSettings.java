package com.commaagents.tools;

import com.commaagents.engine.tool.ToolSession.Verdict;
import com.commaagents.tools.confinement.Confinement;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the built-in tools are told of the world and of the configuration.
///
/// @param environment the daemon's; commands get it without credentials
/// @param credentialNames variables that hold credentials of model providers, besides those whose
///   names say so
/// @param home the home folder of the user the daemon runs as
/// @param commands what happens to commands that no policy decides; catastrophic ones are refused
///   whatever it is
/// @param webfetchAllow hosts, addresses and ranges that `webfetch` may fetch from although they
///   are not public
/// @param confinement what keeps commands from writing outside their workspace
public record ToolSettings(
    Map<String, String> environment,
    Set<String> credentialNames,
    Path home,
    Verdict commands,
    List<String> webfetchAllow,
    Confinement confinement) {
  public ToolSettings {
    environment = Map.copyOf(environment);
    credentialNames = Set.copyOf(credentialNames);
    webfetchAllow = List.copyOf(webfetchAllow);
  }

  /// Without an exception for `webfetch`, and with commands that nothing confines.
  public ToolSettings(
      Map<String, String> environment, Set<String> credentialNames, Path home, Verdict commands) {
    this(environment, credentialNames, home, commands, List.of(), Confinement.none());
  }
}
