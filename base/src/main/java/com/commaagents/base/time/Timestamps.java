package com.commaagents.base.time;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/// Instants as they stand on the wire and on disk: UTC, milliseconds, `Z`.
///
/// Source: ISO 8601 as `Date.prototype.toISOString` writes it. Thread-safe.
public final class Timestamps {
  private Timestamps() {}

  /// For example `2026-11-22T06:36:14.918Z`; always 24 characters for the years 0 to 9999.
  public static String format(Instant instant) {
    // Hand-written because one is needed for every streamed delta: ten times faster than a pattern.
    LocalDateTime t = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    if (t.getYear() < 0 || t.getYear() > 9999) {
      return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }
    char[] out = new char[24];
    digits(out, 0, t.getYear(), 4);
    out[4] = '-';
    digits(out, 5, t.getMonthValue(), 2);
    out[7] = '-';
    digits(out, 8, t.getDayOfMonth(), 2);
    out[10] = 'T';
    digits(out, 11, t.getHour(), 2);
    out[13] = ':';
    digits(out, 14, t.getMinute(), 2);
    out[16] = ':';
    digits(out, 17, t.getSecond(), 2);
    out[19] = '.';
    digits(out, 20, t.getNano() / 1_000_000, 3);
    out[23] = 'Z';
    return new String(out);
  }

  private static void digits(char[] out, int at, int value, int count) {
    int rest = value;
    for (int i = at + count - 1; i >= at; i--) {
      out[i] = (char) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
