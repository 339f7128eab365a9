package com.commaagents.cli.run;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.cli.config.Place;
import com.commaagents.strategy.discovery.BundledStrategies;
import com.commaagents.strategy.discovery.StrategyDiscovery;
import com.commaagents.strategy.load.StrategyLoader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The strategy a command names, and the little the command must know of it before the daemon reads
/// it.
///
/// The models are found by a look at the text, not by reading the file as the daemon does: a wrong
/// guess costs a hint, and all mistakes in the file are for the daemon to tell.
public record StrategyFile(Path path) {
  /// Of a larger file only so much is looked at.
  static final int MAX_LOOK_BYTES = 1 << 20;

  private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*(?:#|//).*$");

  private static final Pattern MODEL =
      Pattern.compile("\\bmodel[\"']?\\s*:\\s*[\"']?([\\w.:-]+)/[^\\s\"',}]+");

  private static final Pattern NAME =
      Pattern.compile("(?m)^\\s*[\"']?name[\"']?\\s*:\\s*[\"']?([^\"'\\n,]+)");

  /// The file a word of the command line means: a path, or the name of a strategy that lies in
  /// `.comma/strategies` of the working directory, in `strategies` of the data folder, or comes
  /// with the program.
  ///
  /// @throws Fault `NOT_FOUND` with the places that were looked at
  public static StrategyFile find(String word, Place place) {
    Path direct = place.resolve(place.workingDirectory(), word);
    if (Files.isRegularFile(direct)) {
      return new StrategyFile(direct);
    }
    BundledStrategies.layInto(place.dataDirectory());
    Path found =
        new StrategyDiscovery(new StrategyLoader(place.dataDirectory()), place.dataDirectory())
            .locate(word, place.workingDirectory());
    if (!Files.isRegularFile(found)) {
      throw new Fault(FaultCode.NOT_FOUND, "Strategy file not found: " + found);
    }
    return new StrategyFile(found);
  }

  /// The script that plays the models of this strategy, beside it, where there is one.
  Optional<Path> script() {
    String name = String.valueOf(path.getFileName());
    int dot = name.lastIndexOf('.');
    Path script = path.resolveSibling((dot < 0 ? name : name.substring(0, dot)) + ".script.yaml");
    return Files.isRegularFile(script) ? Optional.of(script) : Optional.empty();
  }

  /// The providers its agents' models name.
  Set<String> providers() {
    Set<String> providers = new LinkedHashSet<>();
    Matcher matcher = MODEL.matcher(text());
    while (matcher.find()) {
      providers.add(matcher.group(1));
    }
    return providers;
  }

  /// The strategy's name, which is also a scope of credentials.
  Optional<String> name() {
    Matcher matcher = NAME.matcher(text());
    return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
  }

  private String text() {
    try (var input = Files.newInputStream(path)) {
      String text = new String(input.readNBytes(MAX_LOOK_BYTES), StandardCharsets.UTF_8);
      return COMMENT.matcher(text).replaceAll("");
    } catch (IOException unreadable) {
      return "";
    }
  }
}
