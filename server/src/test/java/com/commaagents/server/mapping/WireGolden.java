package com.commaagents.server.mapping;

import static java.util.Objects.requireNonNull;

import com.commaagents.protocol.codec.DaemonMessageEncoder;
import com.commaagents.protocol.message.DaemonMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The files of `src/test/resources/golden`, one wire message each, ending in a newline.
final class WireGolden {
  private WireGolden() {}

  static String file(String name) {
    String path = "/golden/" + name + ".json";
    try (InputStream in = requireNonNull(WireGolden.class.getResourceAsStream(path), path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static String wire(DaemonMessage message) {
    return new String(DaemonMessageEncoder.encode(message), StandardCharsets.UTF_8);
  }
}
