package com.commaagents.cli.runs;

import com.commaagents.base.json.Json;
import com.commaagents.cli.run.Style;
import com.commaagents.cli.run.Style.Tone;
import com.commaagents.cli.words.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// One run for people: what it is, how it stands, and what was said, in order.
///
/// Limit: of the prompt of an agent [#MOST_PROMPT_LINES] lines; the rest is in the timeline.
public final class RunPage {
  static final int MOST_PROMPT_LINES = 6;

  private final Style style;
  private final StringBuilder text = new StringBuilder();

  public RunPage(boolean colours) {
    this.style = new Style(colours);
  }

  /// @param snapshot a `run_snapshot`
  /// @param row what the list says of it; a new run that was never started is on no list
  public String text(JsonNode snapshot, Optional<RunRow> row) {
    head(snapshot, row);
    conversation(snapshot.path("conversation"), agents(snapshot));
    for (JsonNode said : snapshot.path("partial")) {
      section(name(said) + " was saying", Tone.FAINT, Json.text(said, "text").orElse(""));
    }
    for (JsonNode said : snapshot.path("inFlight")) {
      section(name(said) + " is saying", Tone.FAINT, Json.text(said, "text").orElse(""));
    }
    end(snapshot);
    return text.toString();
  }

  private void head(JsonNode snapshot, Optional<RunRow> row) {
    text.append(style.paint(Tone.STRONG, "Run " + clean(snapshot, "runId"))).append('\n');
    String status = clean(snapshot, "status");
    field("status", style.paint(status.equals("completed") ? Tone.GOOD : Tone.PLAIN, status));
    JsonNode error = snapshot.path("error");
    if (error.isObject()) {
      field(
          "because", style.paint(Tone.BAD, clean(error, "code") + ": " + clean(error, "message")));
    }
    field("strategy", clean(snapshot, "strategyName"));
    row.ifPresent(listed -> {
      field("file", clean(listed.told(), "strategyPath"));
      field("folder", clean(listed.told(), "cwd"));
      field("started", clean(listed.told(), "startedAt"));
      Json.text(listed.told(), "completedAt").ifPresent(at -> field("ended", Style.clean(at)));
      listed.bytes().ifPresent(bytes -> field("size", Size.shown(bytes)));
    });
    field("agents", String.join(", ", agents(snapshot)));
    usage(snapshot.path("conversation").path("records"));
  }

  private void usage(JsonNode records) {
    long in = 0;
    long out = 0;
    for (JsonNode record : records) {
      in += record.path("usage").path("promptTokens").asLong(0);
      out += record.path("usage").path("completionTokens").asLong(0);
    }
    field("usage", "%d tokens in, %d out, in %d calls".formatted(in, out, records.size()));
  }

  private static List<String> agents(JsonNode snapshot) {
    List<String> names = new ArrayList<>();
    snapshot.path("agents").forEach(name -> names.add(Style.clean(name.asString(""))));
    return names;
  }

  /// A person's prompt stands before the first record that followed it. One that no record followed
  /// stands where the next one does, or at the end.
  private void conversation(JsonNode conversation, List<String> agents) {
    List<JsonNode> inputs = new ArrayList<>();
    conversation.path("inputs").forEach(inputs::add);
    for (JsonNode record : conversation.path("records")) {
      String id = Json.text(record, "id").orElse("");
      int last = -1;
      for (int i = 0; i < inputs.size(); i++) {
        if (Json.text(inputs.get(i), "beforeRecordId").filter(id::equals).isPresent()) {
          last = i;
        }
      }
      prompts(inputs.subList(0, last + 1));
      record(record, agents);
    }
    prompts(inputs);
  }

  private void prompts(List<JsonNode> inputs) {
    inputs.forEach(input -> section("Input", Tone.STRONG, Json.text(input, "text").orElse("")));
    inputs.clear();
  }

  private void record(JsonNode record, List<String> agents) {
    String agent = name(record);
    text.append('\n').append(style.agent(agents.indexOf(agent), agent));
    if (Json.text(record, "status").filter("superseded"::equals).isPresent()) {
      text.append(style.paint(Tone.FAINT, "  (summarised since)"));
    }
    text.append('\n');
    List<String> prompt =
        content(record.path("userMessage").path("content")).strip().lines().toList();
    prompt.stream()
        .limit(MOST_PROMPT_LINES)
        .forEach(line -> text.append(style.paint(Tone.FAINT, "> " + line)).append('\n'));
    if (prompt.size() > MOST_PROMPT_LINES) {
      text.append(
          style.paint(Tone.FAINT, "> … " + (prompt.size() - MOST_PROMPT_LINES) + " more lines"));
      text.append('\n');
    }
    body(Json.text(record, "text").orElse(""));
  }

  private static String content(JsonNode content) {
    if (content.isString()) {
      return Style.clean(content.stringValue());
    }
    StringBuilder all = new StringBuilder();
    content.forEach(part -> all.append(Json.text(part, "text").orElse("")));
    return Style.clean(all.toString());
  }

  private void end(JsonNode snapshot) {
    for (JsonNode request : snapshot.path("pending")) {
      String what = Json.text(request, "type").orElse("").replace("request_", "");
      String detail =
          Stream.of("prompt", "question", "toolName", "operation", "resource")
              .flatMap(field -> Json.text(request, field).stream())
              .filter(value -> !value.isBlank())
              .collect(Collectors.joining(" "));
      section("Waiting for " + what + ", for " + name(request), Tone.ASKING, detail);
    }
    Json.text(snapshot, "result").ifPresent(result -> section("Result", Tone.STRONG, result));
  }

  private void section(String heading, Tone tone, String body) {
    text.append('\n').append(style.paint(tone, heading)).append('\n');
    body(body);
  }

  private void body(String said) {
    String clean = Style.clean(said).strip();
    if (!clean.isEmpty()) {
      text.append(clean).append('\n');
    }
  }

  private void field(String name, String value) {
    text.append("  ").append(name).append(" ".repeat(10 - name.length())).append(value);
    text.append('\n');
  }

  private static String name(JsonNode node) {
    return clean(node, "agentName");
  }

  private static String clean(JsonNode node, String field) {
    return Style.clean(Json.text(node, field).orElse("")).replace('\n', ' ');
  }
}
