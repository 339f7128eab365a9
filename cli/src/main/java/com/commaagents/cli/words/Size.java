package com.commaagents.cli.words;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Numbers of bytes as people write them: `120 B`, `3.4 KiB`, `2GiB`.
public final class Size {
  private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");
  private static final Pattern TYPED =
      Pattern.compile("(\\d{1,12}(?:\\.\\d{1,3})?) ?([KMGT]iB|[KMGT]B|[KMGT]|B)?");

  private Size() {}

  /// With one digit behind the point, above a KiB.
  public static String shown(long bytes) {
    int unit = 0;
    double value = bytes;
    // What would be shown as 1024.0 is the next unit.
    while (value >= 1023.95 && unit < UNITS.size() - 1) {
      value /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS.get(unit));
  }

  /// What was typed, units in powers of 1024; empty for what is no size.
  public static OptionalLong read(String typed) {
    Matcher matcher = TYPED.matcher(typed);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    String unit = matcher.group(2);
    int power = unit == null ? 0 : "BKMGT".indexOf(unit.charAt(0));
    BigDecimal bytes =
        new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(1L << (10 * power)));
    return bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
        ? OptionalLong.empty()
        : OptionalLong.of(bytes.setScale(0, RoundingMode.FLOOR).longValue());
  }
}
