package com.commaagents.cli.run;

import com.commaagents.base.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// A tool call and its outcome in a few words.
final class ToolText {
  static final int MAX_ARGUMENTS = 70;
  static final int MAX_OUTCOME = 90;

  /// What says most about a call, most telling first.
  private static final List<String> TELLING =
      List.of("command", "path", "fromPath", "pattern", "query", "url", "name", "question");

  /// Of use to a model, noise to a person.
  private static final Pattern CHECKSUM = Pattern.compile(",? *sha256[=:] ?[0-9a-f]{16,64}");

  private ToolText() {}

  /// For example `read_file src/Main.java`; a tool of a server is `server/tool`.
  static String call(JsonNode event) {
    String arguments = arguments(Json.text(event, "args").orElse(""));
    return name(event) + (arguments.isEmpty() ? "" : " " + arguments);
  }

  private static String name(JsonNode event) {
    JsonNode origin = event.path("mcp");
    Optional<String> server = Json.text(origin, "serverId");
    Optional<String> tool = Json.text(origin, "toolName");
    return server.isPresent() && tool.isPresent()
        ? Style.clean(server.get() + "/" + tool.get())
        : Style.clean(Json.text(event, "toolName").orElse("tool"));
  }

  private static String arguments(String text) {
    Optional<JsonNode> parsed = Json.parse(text);
    if (parsed.isEmpty() || !parsed.get().isObject()) {
      return Style.brief(text, MAX_ARGUMENTS);
    }
    List<String> words = new ArrayList<>();
    for (String field : TELLING) {
      Json.text(parsed.get(), field).ifPresent(words::add);
    }
    if (words.isEmpty()) {
      parsed.get().properties().forEach(field -> words.add(word(field.getKey(), field.getValue())));
    }
    return Style.brief(String.join(" ", words), MAX_ARGUMENTS);
  }

  private static String word(String field, JsonNode value) {
    return field + "=" + (value.isString() ? value.stringValue() : Json.write(value));
  }

  /// The first line of what a tool gave back, or why it could not be called.
  static String outcome(JsonNode event) {
    String text =
        succeeded(event)
            ? Json.text(event, "output").orElse("")
            : Json.text(event, "error").orElse("failed");
    String line = text.lines().filter(one -> !one.isBlank()).findFirst().orElse("");
    return Style.brief(CHECKSUM.matcher(line).replaceAll(""), MAX_OUTCOME);
  }

  static boolean succeeded(JsonNode event) {
    return Json.text(event, "status").filter("error"::equals).isEmpty();
  }
}
