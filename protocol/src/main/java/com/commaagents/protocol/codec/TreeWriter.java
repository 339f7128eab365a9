package com.commaagents.protocol.codec;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Writes opaque trees. Limit: [#MAX_DEPTH].
final class TreeWriter {
  /// More than a parser lets in; past it [IllegalArgumentException].
  static final int MAX_DEPTH = 1_000;

  private final JsonWriter out;

  private TreeWriter(JsonWriter out) {
    this.out = out;
  }

  static void write(JsonNode node, JsonWriter out) {
    new TreeWriter(out).tree(node, MAX_DEPTH);
  }

  private void tree(JsonNode node, int depthLeft) {
    if (depthLeft == 0) {
      throw new IllegalArgumentException("a tree deeper than " + MAX_DEPTH);
    }
    switch (node.getNodeType()) {
      case OBJECT -> object(node, depthLeft);
      case ARRAY -> array(node, depthLeft);
      case STRING, BINARY -> out.string(node.asString());
      case NUMBER -> numberNode(node);
      case BOOLEAN -> out.bool(node.booleanValue());
      case NULL -> out.nothing();
      case MISSING, POJO -> throw new IllegalArgumentException("not JSON: " + node.getNodeType());
    }
  }

  private void object(JsonNode node, int depthLeft) {
    out.beginObject();
    for (Map.Entry<String, JsonNode> property : node.properties()) {
      out.separator();
      out.string(property.getKey());
      out.symbol(':');
      tree(property.getValue(), depthLeft - 1);
    }
    out.endObject();
  }

  private void array(JsonNode node, int depthLeft) {
    out.beginArray();
    for (JsonNode item : node) {
      out.separator();
      tree(item, depthLeft - 1);
    }
    out.endArray();
  }

  private void numberNode(JsonNode node) {
    if (node.isDouble() || node.isFloat()) {
      boolean finite = Double.isFinite(node.doubleValue());
      out.ascii(finite ? node.asString() : "null");
    } else {
      out.ascii(node.asString());
    }
  }
}
