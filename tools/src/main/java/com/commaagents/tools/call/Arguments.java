package com.commaagents.tools.call;

import com.commaagents.base.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The arguments of a call, which have been validated against the tool's schema.
public record Arguments(JsonNode node) {
  public String text(String name) {
    return optionalText(name)
        .orElseThrow(() -> new IllegalArgumentException("no argument " + name));
  }

  public Optional<String> optionalText(String name) {
    return Json.text(node, name);
  }

  /// A whole number, `otherwise` where it is absent.
  public int integer(String name, int otherwise) {
    JsonNode value = node.path(name);
    // A schema takes 5.0 for an integer; so does this.
    return value.isNumber() ? (int) value.doubleValue() : otherwise;
  }

  public boolean has(String name) {
    return node.has(name);
  }

  public boolean flag(String name) {
    return node.path(name).asBoolean(false);
  }

  public List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    node.path(name).forEach(item -> texts.add(item.asString()));
    return texts;
  }

  public List<Arguments> objects(String name) {
    List<Arguments> objects = new ArrayList<>();
    node.path(name).forEach(item -> objects.add(new Arguments(item)));
    return objects;
  }

  /// An object of strings, in its order.
  public Map<String, String> map(String name) {
    Map<String, String> map = new LinkedHashMap<>();
    node.path(name).properties().forEach(e -> map.put(e.getKey(), e.getValue().asString()));
    return map;
  }
}
