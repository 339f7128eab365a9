package com.commaagents.cli.words;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Spans of time as people write them: `12 min`, `45 d`, `30d`, `2w`.
public final class Age {
  private static final Pattern TYPED = Pattern.compile("(\\d{1,6})([mhdw])");

  private Age() {}

  /// In one unit, rounded down.
  public static String shown(Duration age) {
    if (age.toDays() > 0) {
      return age.toDays() + " d";
    }
    if (age.toHours() > 0) {
      return age.toHours() + " h";
    }
    return age.toMinutes() > 0 ? age.toMinutes() + " min" : Math.max(0, age.toSeconds()) + " s";
  }

  /// What was typed: minutes, hours, days or weeks; empty for anything else.
  public static Optional<Duration> read(String typed) {
    Matcher matcher = TYPED.matcher(typed);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long amount = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "m" -> Duration.ofMinutes(amount);
          case "h" -> Duration.ofHours(amount);
          case "d" -> Duration.ofDays(amount);
          default -> Duration.ofDays(7 * amount);
        });
  }
}
