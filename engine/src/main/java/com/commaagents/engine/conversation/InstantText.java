package com.commaagents.engine.conversation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;

/// Reads instants in the one form that timelines are full of, much faster than `Instant.parse`:
/// `2026-11-22T06:36:14.918Z`.
final class InstantText {
  private static final int LENGTH = 24;

  private InstantText() {}

  /// The instant; empty when the text is in any other form, or no instant at all.
  static Optional<Instant> parse(String text) {
    if (text.length() != LENGTH
        || text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || text.charAt(10) != 'T'
        || text.charAt(13) != ':'
        || text.charAt(16) != ':'
        || text.charAt(19) != '.'
        || text.charAt(23) != 'Z') {
      return Optional.empty();
    }
    int year = digits(text, 0, 4);
    int month = digits(text, 5, 2);
    int day = digits(text, 8, 2);
    int hour = digits(text, 11, 2);
    int minute = digits(text, 14, 2);
    int second = digits(text, 17, 2);
    int millis = digits(text, 20, 3);
    if (year < 0
        || (month < 1 || month > 12)
        || (day < 1 || day > YearMonth.of(year, month).lengthOfMonth())
        || (hour < 0 || hour > 23)
        || (minute < 0 || minute > 59)
        || (second < 0 || second > 59)
        || millis < 0) {
      return Optional.empty();
    }
    long seconds =
        LocalDate.of(year, month, day).toEpochDay() * 86_400L
            + hour * 3_600L
            + minute * 60L
            + second;
    return Optional.of(Instant.ofEpochSecond(seconds, millis * 1_000_000L));
  }

  private static int digits(String text, int from, int count) {
    int value = 0;
    for (int i = from; i < from + count; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
