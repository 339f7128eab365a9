package com.commaagents.cli;

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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides what confines the commands of a daemon, and says it in the log.
final class CommandConfinement {
  private static final Logger LOG = LoggerFactory.getLogger(CommandConfinement.class);

  private final Place place;
  private final Confinements confinements;

  CommandConfinement(Place place, Clock clock) {
    this.place = place;
    confinements =
        new Confinements(
            new SearchPath(place.variable("PATH").orElse("/usr/local/bin:/usr/bin:/bin")), clock);
  }

  /// @throws Fault `INVALID_INPUT` when the settings ask for what does not work here
  Confinement of(DaemonSettings settings) {
    try {
      WritablePlaces places = places(settings);
      return switch (settings.commandSandbox()) {
        case AUTO -> best(places);
        case BUBBLEWRAP -> required("bubblewrap", confinements.bubblewrap(places));
        case LANDLOCK -> required("landlock", confinements.landlock(places));
        case OFF -> unconfined("commandSandbox is off");
      };
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new Fault(
          FaultCode.SHUTTING_DOWN, "The daemon was stopped before it listened.", stopped);
    }
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

  private Confinement best(WritablePlaces places) throws InterruptedException {
    return switch (confinements.bubblewrap(places)) {
      case Trial.Works(Confinement found) -> told(found);
      case Trial.Fails(String reason) -> secondBest(places, reason);
    };
  }

  private Confinement secondBest(WritablePlaces places, String reason) throws InterruptedException {
    return switch (confinements.landlock(places)) {
      case Trial.Works(Confinement found) -> {
        LOG.info("{}", reason);
        yield told(found);
      }
      case Trial.Fails(String other) -> unconfined(reason + "; " + other);
    };
  }

  private static Confinement required(String name, Trial trial) {
    return switch (trial) {
      case Trial.Works(Confinement found) -> told(found);
      case Trial.Fails(String reason) ->
          throw new Fault(
              FaultCode.INVALID_INPUT,
              "commandSandbox is %s, and %s. Mend that, or set commandSandbox in daemon.json to auto."
                  .formatted(name, reason));
    };
  }

  private static Confinement told(Confinement confinement) {
    LOG.info(
        "commands are confined by {} to their workspace and temporary folders for writes",
        confinement.name().orElseThrow());
    return confinement;
  }

  private static Confinement unconfined(String reason) {
    LOG.warn("commands are not confined: {}", reason);
    return Confinement.none();
  }
}
