package com.commaagents.models.scripted;

import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.FinishReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// Reads one turn: a text, a list of text pieces, or fields.
final class TurnReader {
  /// A wait within a script, in milliseconds.
  static final int MAX_WAIT_MILLIS = 600_000;

  private static final List<String> FIELDS =
      List.of("thinking", "text", "tools", "usage", "before", "delay", "finish", "fail");
  private static final List<String> FAIL_FIELDS =
      List.of("status", "message", "retryable", "retryAfter");
  private static final List<String> USAGE_FIELDS =
      List.of("input", "output", "cacheRead", "cacheWrite", "reasoning");

  private static final Pattern WORD = Pattern.compile("\\S+\\s*|\\s+");
  private static final Pattern SPACED_BLANK = Pattern.compile("\\{\\{\\s*(input|tool)\\s*\\}\\}");

  private final Problems problems;
  private final YamlJson json = new YamlJson(TurnReader::tidyBlanks);

  TurnReader(Problems problems) {
    this.problems = problems;
  }

  Turn read(Node node, String place) {
    if (!(node instanceof MappingNode mapping)) {
      return turn(List.of(), pieces(Optional.of(node), place));
    }
    Map<String, Node> fields = fields(mapping, place, FIELDS);
    return new Turn(
        pieces(field(fields, "thinking"), place + ".thinking"),
        pieces(field(fields, "text"), place + ".text"),
        field(fields, "tools").map(tools -> tools(tools, place + ".tools")).orElse(List.of()),
        field(fields, "usage")
            .map(usage -> usage(usage, place + ".usage"))
            .orElse(new Turn.Tokens.Counted()),
        wait(fields, "before", place),
        wait(fields, "delay", place),
        field(fields, "finish").flatMap(finish -> finish(finish, place + ".finish")),
        field(fields, "fail").map(fail -> failure(fail, place + ".fail")));
  }

  private static Turn turn(List<String> thinking, List<String> text) {
    return new Turn(
        thinking,
        text,
        List.of(),
        new Turn.Tokens.Counted(),
        Duration.ZERO,
        Duration.ZERO,
        Optional.empty(),
        Optional.empty());
  }

  private Map<String, Node> fields(MappingNode mapping, String place, List<String> known) {
    Map<String, Node> fields = new LinkedHashMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      String name = entry.getKeyNode() instanceof ScalarNode key ? key.getValue() : "?";
      if (!known.contains(name)) {
        problems.add(
            entry.getKeyNode(),
            place + "." + name,
            "is not known here; known are " + String.join(", ", known));
      } else if (fields.putIfAbsent(name, entry.getValueNode()) != null) {
        problems.add(entry.getKeyNode(), place + "." + name, "is there twice");
      }
    }
    return fields;
  }

  private static Optional<Node> field(Map<String, Node> fields, String name) {
    return Optional.ofNullable(fields.get(name));
  }

  // One text streams word by word; a list as it is.
  private List<String> pieces(Optional<Node> node, String place) {
    List<String> pieces = new ArrayList<>();
    switch (node.orElse(null)) {
      case null -> {}
      case ScalarNode scalar when isText(scalar) ->
          WORD.matcher(tidyBlanks(scalar.getValue()))
              .results()
              .map(MatchResult::group)
              .forEach(pieces::add);
      case SequenceNode sequence -> {
        for (Node element : sequence.getValue()) {
          if (element instanceof ScalarNode scalar && isText(scalar)) {
            pieces.add(tidyBlanks(scalar.getValue()));
          } else {
            problems.add(element, place, "every piece must be a text");
          }
        }
      }
      case Node other -> problems.add(other, place, "must be a text or a list of texts");
    }
    pieces.removeIf(String::isEmpty);
    return pieces;
  }

  private static boolean isText(ScalarNode scalar) {
    return !scalar.getTag().equals(Tag.NULL);
  }

  private static String tidyBlanks(String text) {
    return SPACED_BLANK.matcher(text).replaceAll("{{$1}}");
  }

  private List<Turn.Call> tools(Node node, String place) {
    List<Turn.Call> calls = new ArrayList<>();
    switch (node) {
      case MappingNode mapping -> addCalls(calls, mapping, place);
      case SequenceNode sequence -> {
        for (int i = 0; i < sequence.getValue().size(); i++) {
          if (sequence.getValue().get(i) instanceof MappingNode mapping) {
            addCalls(calls, mapping, place + "[" + i + "]");
          } else {
            problems.add(sequence.getValue().get(i), place + "[" + i + "]", CALL_EXPECTED);
          }
        }
      }
      default -> problems.add(node, place, CALL_EXPECTED);
    }
    return calls;
  }

  private static final String CALL_EXPECTED =
      "must be a tool with its arguments, such as read_file: {path: hello.txt}";

  private void addCalls(List<Turn.Call> calls, MappingNode mapping, String place) {
    for (NodeTuple entry : mapping.getValue()) {
      if (entry.getKeyNode() instanceof ScalarNode tool) {
        String name = tool.getValue();
        calls.add(new Turn.Call(name, arguments(entry.getValueNode(), place + "." + name)));
      } else {
        problems.add(entry.getKeyNode(), place, CALL_EXPECTED);
      }
    }
  }

  private String arguments(Node node, String place) {
    if (node instanceof ScalarNode scalar) {
      return isText(scalar) ? tidyBlanks(scalar.getValue()) : "{}";
    }
    return json.convert(node)
        .map(Json::write)
        .orElseGet(() -> {
          problems.add(node, place, "has more than " + YamlJson.MAX_NODES + " values");
          return "{}";
        });
  }

  private Turn.Tokens usage(Node node, String place) {
    if (node instanceof ScalarNode scalar && scalar.getValue().equals("none")) {
      return new Turn.Tokens.None();
    }
    if (!(node instanceof MappingNode mapping)) {
      problems.add(node, place, "must be none, or have input and output");
      return new Turn.Tokens.None();
    }
    Map<String, Node> fields = fields(mapping, place, USAGE_FIELDS);
    return new Turn.Tokens.Given(
        tokens(fields, "input", place).orElse(0),
        tokens(fields, "output", place).orElse(0),
        tokens(fields, "cacheRead", place),
        tokens(fields, "cacheWrite", place),
        tokens(fields, "reasoning", place));
  }

  private OptionalLong tokens(Map<String, Node> fields, String name, String place) {
    OptionalInt count = number(fields, name, place, Integer.MAX_VALUE);
    return count.isPresent() ? OptionalLong.of(count.getAsInt()) : OptionalLong.empty();
  }

  private Duration wait(Map<String, Node> fields, String name, String place) {
    return Duration.ofMillis(number(fields, name, place, MAX_WAIT_MILLIS).orElse(0));
  }

  private OptionalInt number(Map<String, Node> fields, String name, String place, int most) {
    Node node = fields.get(name);
    if (node == null) {
      return OptionalInt.empty();
    }
    if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.INT)) {
      OptionalInt value =
          Json.parse(scalar.getValue())
              .filter(parsed -> parsed.canConvertToInt())
              .map(parsed -> OptionalInt.of(parsed.intValue()))
              .orElse(OptionalInt.empty());
      if (value.isPresent() && value.getAsInt() >= 0 && value.getAsInt() <= most) {
        return value;
      }
    }
    problems.add(node, place + "." + name, "must be a whole number from 0 to " + most);
    return OptionalInt.empty();
  }

  private Optional<FinishReason> finish(Node node, String place) {
    List<String> labels = new ArrayList<>();
    for (FinishReason reason : FinishReason.values()) {
      labels.add(reason.label());
      if (node instanceof ScalarNode scalar && scalar.getValue().equals(reason.label())) {
        return Optional.of(reason);
      }
    }
    problems.add(node, place, "must be one of " + String.join(", ", labels));
    return Optional.empty();
  }

  private Turn.Failure failure(Node node, String place) {
    if (node instanceof ScalarNode scalar && scalar.getValue().equals("cut")) {
      return new Turn.Failure.Cut();
    }
    if (!(node instanceof MappingNode mapping)) {
      problems.add(node, place, "must be cut, or have status and message");
      return new Turn.Failure.Cut();
    }
    Map<String, Node> fields = fields(mapping, place, FAIL_FIELDS);
    OptionalInt status = number(fields, "status", place, 599);
    OptionalInt retryAfter = number(fields, "retryAfter", place, MAX_WAIT_MILLIS / 1000);
    return new Turn.Failure.Refused(
        message(fields, place),
        status,
        retryable(fields, place).orElse(isRetryable(status)),
        retryAfter.isPresent()
            ? Optional.of(Duration.ofSeconds(retryAfter.getAsInt()))
            : Optional.empty());
  }

  private String message(Map<String, Node> fields, String place) {
    Node node = fields.get("message");
    if (node == null) {
      return "the script says so";
    }
    if (node instanceof ScalarNode scalar && isText(scalar)) {
      return scalar.getValue();
    }
    problems.add(node, place + ".message", "must be a text");
    return "";
  }

  private Optional<Boolean> retryable(Map<String, Node> fields, String place) {
    Node node = fields.get("retryable");
    if (node == null) {
      return Optional.empty();
    }
    if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL)) {
      return Optional.of(Boolean.parseBoolean(scalar.getValue()));
    }
    problems.add(node, place + ".retryable", "must be true or false");
    return Optional.empty();
  }

  private static boolean isRetryable(OptionalInt status) {
    int code = status.orElse(500);
    return code == 408 || code == 409 || code == 429 || code >= 500;
  }
}
