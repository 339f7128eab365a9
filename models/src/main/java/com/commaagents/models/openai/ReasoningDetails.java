package com.commaagents.models.openai;

import com.commaagents.base.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Puts the `reasoning_details` of an answer together out of their pieces. Not thread-safe.
///
/// A piece goes on with the last detail when it is of the same type and index: texts are joined, of
/// what else there is the latest counts.
///
/// Source: OpenRouter's documentation, "Preserving reasoning".
final class ReasoningDetails {
  private static final String[] TEXTS = {"text", "summary", "data"};

  private final ArrayNode details = Json.array();

  void add(JsonNode pieces) {
    for (JsonNode piece : pieces) {
      if (!(piece instanceof ObjectNode added)) {
        continue;
      }
      if (details.path(details.size() - 1) instanceof ObjectNode last && goesOn(last, added)) {
        merge(added, last);
      } else {
        details.add(added.deepCopy());
      }
    }
  }

  /// All there are, and none afterwards.
  ArrayNode take() {
    ArrayNode taken = details.deepCopy();
    details.removeAll();
    return taken;
  }

  private static boolean goesOn(ObjectNode last, ObjectNode piece) {
    return last.path("type").equals(piece.path("type"))
        && last.path("index").equals(piece.path("index"));
  }

  private static void merge(ObjectNode piece, ObjectNode into) {
    ObjectNode texts = Json.object();
    for (String field : TEXTS) {
      if (into.path(field).isString() && piece.path(field).isString()) {
        texts.put(field, into.path(field).stringValue() + piece.path(field).stringValue());
      }
    }
    piece.forEachEntry((name, value) -> {
      if (!value.isNull()) {
        into.set(name, value);
      }
    });
    into.setAll(texts);
  }
}
