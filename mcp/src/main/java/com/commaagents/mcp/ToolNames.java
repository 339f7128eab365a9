package com.commaagents.mcp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/// Gives the tools of servers the names that models see: `mcp__SERVER__TOOL`. A name that had to be
/// changed or is taken ends with a hash of both, so that it is the same each time. Used by one
/// thread.
///
/// Limit: [#MAX_LENGTH], which is what model providers take.
final class ToolNames {
  static final int MAX_LENGTH = 64;
  private static final int HASH_LENGTH = 8;

  private final Set<String> taken = new HashSet<>();

  String name(String serverId, String toolName) {
    String exact = "mcp__" + serverId + "__" + toolName;
    String clean = exact.replaceAll("[^A-Za-z0-9_-]", "_");
    if (clean.equals(exact) && clean.length() <= MAX_LENGTH && taken.add(clean)) {
      return clean;
    }
    String start = clean.substring(0, Math.min(clean.length(), MAX_LENGTH - HASH_LENGTH - 1));
    String hash = hash(serverId + "\0" + toolName);
    String name = start + "_" + hash.substring(0, HASH_LENGTH);
    for (int next = 1; !taken.add(name); next++) {
      name = start + "_" + hash.substring(next, next + HASH_LENGTH);
    }
    return name;
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
