package com.commaagents.checks;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A limit as a document states it and as the code has it. Durations count in nanoseconds.
record Limit(String module, String name, String stated) {
  private static final Pattern STATED =
      Pattern.compile("(?<number>[\\d,.]+)(?: (?<unit>KiB|MiB|GiB|ms|s|min))?");
  private static final Pattern WRITTEN =
      Pattern.compile(
          "Duration\\.of(?<duration>Millis|Seconds|Minutes)\\((?<amount>[\\d_]+)\\)"
              + "|(?<number>[\\d_.]+)L?(?: << (?<shift>\\d+))?");

  private static final Pattern REFERENCE = Pattern.compile("[A-Z]\\w*\\.[A-Z_]+");

  /// What the document says; empty when it cannot be read.
  Optional<BigDecimal> statedValue() {
    return Optional.of(STATED.matcher(stated))
        .filter(matcher -> matcher.matches())
        .map(matcher -> {
          BigDecimal number = new BigDecimal(matcher.group("number").replace(",", ""));
          return number.multiply(BigDecimal.valueOf(unit(matcher)));
        });
  }

  /// What the code says; empty when the module has no such constant or it is no plain value.
  Optional<BigDecimal> writtenValue() throws IOException {
    Optional<String> written = declared(Path.of(module, "src", "main"), name);
    // A limit may be that of another class.
    return written.isPresent() && REFERENCE.matcher(written.get()).matches()
        ? declared(Path.of(""), written.get()).flatMap(Limit::value)
        : written.flatMap(Limit::value);
  }

  private static Optional<String> declared(Path folder, String name) throws IOException {
    int dot = name.indexOf('.');
    Pattern declaration =
        Pattern.compile(
            "(?s)\\b(?:class|record|interface|enum) "
                + name.substring(0, dot)
                + "\\b.*?\\b"
                + name.substring(dot + 1)
                + " =\\s+(?<value>[^;]+);");
    for (Path file : JavaSources.all()) {
      if (file.startsWith(JavaSources.root().resolve(folder))) {
        Optional<String> value =
            declaration
                .matcher(Files.readString(file))
                .results()
                .findFirst()
                .map(found -> found.group("value"));
        if (value.isPresent()) {
          return value;
        }
      }
    }
    return Optional.empty();
  }

  private static long unit(MatchResult stated) {
    return switch (Optional.ofNullable(stated.group("unit")).orElse("")) {
      case "KiB" -> 1L << 10;
      case "MiB" -> 1L << 20;
      case "GiB" -> 1L << 30;
      case "ms" -> Duration.ofMillis(1).toNanos();
      case "s" -> Duration.ofSeconds(1).toNanos();
      case "min" -> Duration.ofMinutes(1).toNanos();
      default -> 1;
    };
  }

  private static Optional<BigDecimal> value(String written) {
    return Optional.of(WRITTEN.matcher(written))
        .filter(matcher -> matcher.matches())
        .map(matcher -> matcher.group("duration") == null ? number(matcher) : duration(matcher));
  }

  private static BigDecimal number(MatchResult written) {
    int shift = Integer.parseInt(Optional.ofNullable(written.group("shift")).orElse("0"));
    return new BigDecimal(written.group("number").replace("_", ""))
        .multiply(BigDecimal.valueOf(1L << shift));
  }

  private static BigDecimal duration(MatchResult written) {
    long amount = Long.parseLong(written.group("amount").replace("_", ""));
    Duration duration =
        switch (written.group("duration")) {
          case "Millis" -> Duration.ofMillis(amount);
          case "Seconds" -> Duration.ofSeconds(amount);
          default -> Duration.ofMinutes(amount);
        };
    return BigDecimal.valueOf(duration.toNanos());
  }
}
