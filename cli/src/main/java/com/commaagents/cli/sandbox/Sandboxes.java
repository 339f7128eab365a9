package com.commaagents.cli.sandbox;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.time.Clock;
import com.commaagents.cli.config.DaemonSettings;
import com.commaagents.cli.config.Place;
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
  private final Place place;
  private final Confinements confinements;

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
    WritablePlaces places = places(settings);
    return switch (settings.commandSandbox()) {
      case AUTO -> best(places);
      case BUBBLEWRAP -> required("bubblewrap", confinements.bubblewrap(places));
      case LANDLOCK -> required("landlock", confinements.landlock(places));
      case OFF -> Sandbox.none("commandSandbox is off");
    };
  }

  private WritablePlaces places(DaemonSettings settings) {
    List<Path> temporary = new ArrayList<>();
    temporary.add(Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath());
    place
        .variable("TMPDIR")
        .map(text -> place.resolve(place.workingDirectory(), text))
        .ifPresent(temporary::add);
    return WritablePlaces.of(temporary, settings.commandWrites(), settings.dataDirectory());
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

  private static Sandbox required(String name, Trial trial) {
    return switch (trial) {
      case Trial.Works(Confinement found) -> Sandbox.of(found);
      case Trial.Fails(String reason) ->
          throw new Fault(
              FaultCode.INVALID_INPUT,
              "commandSandbox is %s, and %s. Mend that, or set commandSandbox in daemon.json to auto."
                  .formatted(name, reason));
    };
  }
}
