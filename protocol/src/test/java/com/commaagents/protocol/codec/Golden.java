package com.commaagents.protocol.codec;

import static java.util.Objects.requireNonNull;

import com.commaagents.base.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;

/// The files of `src/test/resources`, one message each, named after what they hold.
final class Golden {
  private Golden() {}

  /// Without the newline a file ends in.
  static byte[] bytes(String family, String name) {
    byte[] file = resource("/golden/" + family + "/" + name + ".json");
    return Arrays.copyOf(file, file.length - 1);
  }

  static String text(String family, String name) {
    return new String(bytes(family, name), StandardCharsets.UTF_8);
  }

  static JsonNode tree(String json) {
    return Json.parse(json).orElseThrow();
  }

  static byte[] resource(String path) {
    try (InputStream in = requireNonNull(Golden.class.getResourceAsStream(path), path)) {
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
