package com.commaagents.models.contract;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/// Says answers and errors as one API does, byte for byte, with all that is of no interest to us.
public interface Speaker {
  String contentType();

  /// A whole stream, one element for each event; the last [#closing] belong to its end.
  List<byte[]> stream(Answer answer);

  /// How many events at the end of a stream say that it has ended well.
  int closing();

  /// The event of an error within a stream.
  byte[] brokenOff(String message);

  /// The body of a refusal.
  String refusal(int status, String message);

  /// JSON in single quotes.
  static String json(String text) {
    return text.replace('\'', '"');
  }

  /// A text within JSON.
  static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// Server-sent events without a type.
  static List<byte[]> events(List<String> data) {
    return data.stream().map(text -> bytes("data: " + text + "\n\n")).toList();
  }

  /// Server-sent events whose type is said twice, as OpenAI's responses and Anthropic do.
  static Stream<byte[]> typed(Stream<String> data) {
    return data.map(text -> {
      int from = text.indexOf("\"type\":\"") + 8;
      String type = text.substring(from, text.indexOf('"', from));
      return bytes("event: " + type + "\ndata: " + text + "\n\n");
    });
  }
}
