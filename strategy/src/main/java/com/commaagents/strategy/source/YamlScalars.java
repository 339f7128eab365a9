package com.commaagents.strategy.source;

import com.commaagents.strategy.source.SourceNode.Scalar;
import java.util.Optional;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/// What a YAML scalar means by the core schema of YAML 1.2: `yes` and `on` are text.
final class YamlScalars {
  static final String UNKNOWN_TAG =
      "a tag that is not of the YAML core schema (str, int, float, bool, null, seq, map)";

  private YamlScalars() {}

  static Scalar resolve(ScalarEvent event, Position at) {
    String text = event.getValue();
    if (UnpairedSurrogates.in(text)) {
      throw new MalformedText(at, UnpairedSurrogates.MESSAGE);
    }
    Optional<JsonNode> value =
        event.getTag().isPresent()
            ? tagged(event.getTag().get(), text, at)
            : Optional.of(event.isPlain() ? plain(text, at) : StringNode.valueOf(text));
    return new Scalar(
        value.orElseThrow(() -> new MalformedText(at, "expected a value that fits its tag")), at);
  }

  private static JsonNode plain(String text, Position at) {
    if (isNull(text)) {
      return NullNode.getInstance();
    }
    Optional<JsonNode> truth = truth(text);
    if (truth.isPresent()) {
      return truth.get();
    }
    return Numbers.isYaml(text)
        ? Numbers.ofYaml(text).orElseThrow(() -> new MalformedText(at, Numbers.EXPECTED))
        : StringNode.valueOf(text);
  }

  /// The value a tag makes of a text; empty where the text is none of its values.
  private static Optional<JsonNode> tagged(String tag, String text, Position at) {
    return switch (tag) {
      case "!", "tag:yaml.org,2002:str" -> Optional.of(StringNode.valueOf(text));
      case "tag:yaml.org,2002:int" -> Numbers.ofYaml(text).filter(JsonNode::isIntegralNumber);
      case "tag:yaml.org,2002:float" -> Numbers.ofYaml(text);
      case "tag:yaml.org,2002:bool" -> truth(text);
      case "tag:yaml.org,2002:null" ->
          isNull(text) ? Optional.of(NullNode.getInstance()) : Optional.empty();
      default -> throw new MalformedText(at, UNKNOWN_TAG);
    };
  }

  private static boolean isNull(String text) {
    return switch (text) {
      case "", "~", "null", "Null", "NULL" -> true;
      default -> false;
    };
  }

  private static Optional<JsonNode> truth(String text) {
    return switch (text) {
      case "true", "True", "TRUE" -> Optional.of(BooleanNode.TRUE);
      case "false", "False", "FALSE" -> Optional.of(BooleanNode.FALSE);
      default -> Optional.empty();
    };
  }
}
