package com.commaagents.cli;

import com.commaagents.base.json.Json;
import com.commaagents.cli.arguments.Arguments;
import com.commaagents.cli.config.Place;
import com.commaagents.cli.terminal.Terminal;
import com.commaagents.strategy.discovery.BundledStrategies;
import com.commaagents.strategy.discovery.Catalogue;
import com.commaagents.strategy.discovery.FoundStrategy;
import com.commaagents.strategy.discovery.StrategyDiscovery;
import com.commaagents.strategy.load.StrategyLoader;
import java.nio.file.Path;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `comma strategies list`: needs no daemon.
final class StrategiesCommand {
  private final Arguments arguments;
  private final Place place;
  private final Terminal terminal;

  StrategiesCommand(Surroundings surroundings, Arguments arguments) {
    this.arguments = arguments;
    this.place = surroundings.place();
    this.terminal = surroundings.terminal();
  }

  int list() {
    Path folder =
        arguments
            .value("--cwd")
            .map(text -> place.resolve(place.workingDirectory(), text))
            .orElse(place.workingDirectory());
    BundledStrategies.layInto(place.dataDirectory());
    Catalogue found =
        new StrategyDiscovery(new StrategyLoader(place.dataDirectory()), place.dataDirectory())
            .discover(folder);
    if (arguments.has("--json")) {
      terminal.out(Json.write(json(found)) + "\n");
    } else {
      found.strategies().forEach(strategy -> terminal.out(line(strategy) + "\n"));
      found.warnings().forEach(warning -> terminal.err(warning.path() + ": " + warning.message()));
    }
    return ExitCode.DONE;
  }

  private static String line(FoundStrategy strategy) {
    return "%-20s %-10s %s"
        .formatted(strategy.name(), where(strategy), strategy.description().orElse("").strip())
        .stripTrailing();
  }

  private static String where(FoundStrategy strategy) {
    return switch (strategy.origin()) {
      case WORKSPACE -> "here";
      case DATA_FOLDER -> "yours";
      case PACKAGE -> "package";
      case BUNDLED -> "bundled";
    };
  }

  private static ObjectNode json(Catalogue found) {
    ObjectNode json = Json.object();
    ArrayNode strategies = json.putArray("strategies");
    for (FoundStrategy strategy : found.strategies()) {
      ObjectNode one =
          strategies
              .addObject()
              .put("name", strategy.name())
              .put("file", strategy.file().toString())
              .put("origin", where(strategy));
      strategy.description().ifPresent(text -> one.put("description", text.strip()));
    }
    ArrayNode warnings = json.putArray("warnings");
    found
        .warnings()
        .forEach(warning ->
            warnings
                .addObject()
                .put("file", warning.path().toString())
                .put("message", warning.message()));
    return json;
  }
}
