package com.commaagents.models.scripted;

import com.commaagents.base.json.Json;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.snakeyaml.engine.v2.nodes.AnchorNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Turns YAML into JSON.
///
/// Limit: [#MAX_NODES] values in all, which also ends an alias that contains itself.
final class YamlJson {
  static final int MAX_NODES = 10_000;
  static final int MAX_DEPTH = 100;

  private final UnaryOperator<String> texts;
  private int nodes;

  /// @param texts what is done to every string
  YamlJson(UnaryOperator<String> texts) {
    this.texts = texts;
  }

  /// The JSON of a node; empty beyond the limits.
  Optional<JsonNode> convert(Node node) {
    nodes = 0;
    JsonNode converted = convert(node, 0);
    return nodes > MAX_NODES ? Optional.empty() : Optional.of(converted);
  }

  private JsonNode convert(Node node, int depth) {
    nodes++;
    if (depth > MAX_DEPTH) {
      nodes = MAX_NODES + 1;
    }
    if (nodes > MAX_NODES) {
      return Json.object();
    }
    return switch (node) {
      case ScalarNode scalar -> scalar(scalar);
      case SequenceNode sequence -> {
        ArrayNode array = Json.array();
        for (Node element : sequence.getValue()) {
          array.add(convert(element, depth + 1));
        }
        yield array;
      }
      case MappingNode mapping -> {
        ObjectNode object = Json.object();
        for (NodeTuple entry : mapping.getValue()) {
          String name = entry.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
          object.set(name, convert(entry.getValueNode(), depth + 1));
        }
        yield object;
      }
      case AnchorNode anchor -> convert(anchor.getRealNode(), depth + 1);
      default -> throw new IllegalArgumentException("not a node of a file: " + node.getNodeType());
    };
  }

  private JsonNode scalar(ScalarNode scalar) {
    String value = scalar.getValue();
    Tag tag = scalar.getTag();
    if (tag.equals(Tag.NULL)) {
      return Json.mapper().getNodeFactory().nullNode();
    }
    if (tag.equals(Tag.BOOL)) {
      return Json.mapper().getNodeFactory().booleanNode(Boolean.parseBoolean(value));
    }
    if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      // Numbers JSON does not have, such as 0x1F and .inf, stay the text they are.
      Optional<JsonNode> number = Json.parse(value).filter(JsonNode::isNumber);
      if (number.isPresent()) {
        return number.get();
      }
    }
    return Json.mapper().getNodeFactory().stringNode(texts.apply(value));
  }
}
