package com.commaagents.cli.sandbox;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.time.Clock;
import com.commaagents.cli.config.DaemonSettings;
import com.commaagents.cli.config.Place;
import com.commaagents.cli.config.SandboxChoice;
import com.commaagents.tools.confinement.Confinement;
import com.commaagents.tools.confinement.Confinements;
import com.commaagents.tools.confinement.Confinements.Trial;
import com.commaagents.tools.confinement.SearchPath;
import com.commaagents.tools.confinement.WritablePlaces;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Finds out what confines the programs of a daemon, by trying what its settings allow.
public final class Sandboxes {
  // In the home folder. Programs that the user starts as well lie in none of them.
  private static final List<String> CACHES = List.of(".cache", ".npm", ".bun/install/cache");

  private final Place place;
  private final Confinements confinements;

  /// What is to be found out: [#ofCommands] or [#ofServers].
  @FunctionalInterface
  public interface Search {
    Sandbox in(DaemonSettings settings) throws InterruptedException;
  }

  public Sandboxes(Place place, Clock clock) {
    this.place = place;
    confinements =
        new Confinements(
            new SearchPath(place.variable("PATH").orElse("/usr/local/bin:/usr/bin:/bin")), clock);
  }

  /// What confines the commands of agents.
  ///
  /// @throws Fault `INVALID_INPUT` when the settings ask for what does not work here
  public Sandbox ofCommands(DaemonSettings settings) throws InterruptedException {
    return of(
        "commandSandbox",
        settings.commandSandbox(),
        places(settings.commandWrites(), settings.dataDirectory()));
  }

  /// What confines the programs of MCP servers, which may write in the caches of what starts them.
  ///
  /// @throws Fault as [#ofCommands]
  public Sandbox ofServers(DaemonSettings settings) throws InterruptedException {
    List<Path> folders = new ArrayList<>(settings.mcpWrites());
    CACHES.forEach(name -> folders.add(place.home().resolve(name)));
    place
        .variable("XDG_CACHE_HOME")
        .map(text -> place.resolve(place.workingDirectory(), text))
        .ifPresent(folders::add);
    return of("mcpSandbox", settings.mcpSandbox(), places(folders, settings.dataDirectory()));
  }

  private Sandbox of(String setting, SandboxChoice choice, WritablePlaces places)
      throws InterruptedException {
    return switch (choice) {
      case AUTO -> best(places);
      case BUBBLEWRAP -> required(setting, "bubblewrap", confinements.bubblewrap(places));
      case LANDLOCK -> required(setting, "landlock", confinements.landlock(places));
      case OFF -> Sandbox.none(setting + " is off");
    };
  }

  private WritablePlaces places(List<Path> folders, Path dataFolder) {
    List<Path> temporary = new ArrayList<>();
    temporary.add(Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath());
    place
        .variable("TMPDIR")
        .map(text -> place.resolve(place.workingDirectory(), text))
        .ifPresent(temporary::add);
    return WritablePlaces.of(temporary, folders, dataFolder);
  }

  private Sandbox best(WritablePlaces places) throws InterruptedException {
    return switch (confinements.bubblewrap(places)) {
      case Trial.Works(Confinement found) -> Sandbox.of(found);
      case Trial.Fails(String reason) -> secondBest(places, reason);
    };
  }

  private Sandbox secondBest(WritablePlaces places, String reason) throws InterruptedException {
    return switch (confinements.landlock(places)) {
      case Trial.Works(Confinement found) -> Sandbox.of(found).because(reason);
      case Trial.Fails(String other) -> Sandbox.none(reason + "; " + other);
    };
  }

  private static Sandbox required(String setting, String name, Trial trial) {
    return switch (trial) {
      case Trial.Works(Confinement found) -> Sandbox.of(found);
      case Trial.Fails(String reason) ->
          throw new Fault(
              FaultCode.INVALID_INPUT,
              "%s is %s, and %s. Mend that, or set %s in daemon.json to auto."
                  .formatted(setting, name, reason, setting));
    };
  }
}
