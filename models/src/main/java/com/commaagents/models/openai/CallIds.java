package com.commaagents.models.openai;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// Ids of tool calls for a speaker that takes nine letters and digits only.
///
/// Another provider's id becomes one that looks so, and always the same one: a call and its result
/// still find each other.
final class CallIds {
  private static final int LENGTH = 9;
  private static final Pattern SHORT = Pattern.compile("[A-Za-z0-9]{" + LENGTH + "}");
  private static final String DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";

  private CallIds() {}

  static String shortened(String id) {
    if (SHORT.matcher(id).matches()) {
      return id;
    }
    // FNV-1a: spreads well, and needs no provider of digests.
    long hash = 0xcbf29ce484222325L;
    for (byte value : id.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (value & 0xff)) * 0x100000001b3L;
    }
    StringBuilder text = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      text.append(DIGITS.charAt((int) Long.remainderUnsigned(hash, DIGITS.length())));
      hash = Long.divideUnsigned(hash, DIGITS.length());
    }
    return text.toString();
  }
}
