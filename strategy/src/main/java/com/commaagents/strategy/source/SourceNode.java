package com.commaagents.strategy.source;

import com.commaagents.base.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One value of a text and where it begins.
///
/// INVARIANT: at most [SourceReader#MAX_DEPTH] deep and [SourceReader#MAX_NODES] values, counted
/// with every YAML alias replaced by what it stands for, so that walking a tree is bounded.
public sealed interface SourceNode {
  Position at();

  /// The value without its positions, field order kept.
  JsonNode toJson();

  /// Text, a number, true, false or null.
  record Scalar(JsonNode value, Position at) implements SourceNode {
    @Override
    public JsonNode toJson() {
      return value;
    }
  }

  record Sequence(List<SourceNode> items, Position at) implements SourceNode {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public JsonNode toJson() {
      ArrayNode array = Json.array();
      items.forEach(item -> array.add(item.toJson()));
      return array;
    }
  }

  /// Fields by name, in the order of the text.
  ///
  /// @param repeated fields whose name was there before: mistakes, to be reported by whoever knows
  ///   whether the names may be told
  record Mapping(Map<String, Field> fields, List<Field> repeated, Position at)
      implements SourceNode {
    public Mapping {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
      repeated = List.copyOf(repeated);
    }

    static Mapping of(List<Field> written, Position at) {
      Map<String, Field> fields = LinkedHashMap.newLinkedHashMap(written.size());
      List<Field> repeated = new ArrayList<>(0);
      for (Field field : written) {
        if (fields.putIfAbsent(field.name(), field) != null) {
          repeated.add(field);
        }
      }
      return new Mapping(fields, repeated, at);
    }

    @Override
    public JsonNode toJson() {
      ObjectNode object = Json.object();
      fields.forEach((name, field) -> object.set(name, field.value().toJson()));
      return object;
    }
  }

  /// @param at where the name begins
  record Field(String name, Position at, SourceNode value) {}
}
