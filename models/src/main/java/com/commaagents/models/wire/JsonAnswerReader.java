package com.commaagents.models.wire;

import com.commaagents.base.json.Json;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.models.http.ProviderErrors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// A reader of events that are JSON.
public interface JsonAnswerReader extends AnswerReader {
  /// How to tell what cannot be understood.
  ProviderErrors errors();

  /// As [#event(byte\[\], int, int)], with the event as a tree.
  boolean event(JsonNode event) throws ModelFailure, InterruptedException;

  @Override
  default boolean event(byte[] bytes, int offset, int length)
      throws ModelFailure, InterruptedException {
    JsonNode event;
    try {
      event = Json.mapper().readerFor(JsonNode.class).readTree(bytes, offset, length);
    } catch (JacksonException notJson) {
      throw errors().unusable("an event of its stream is no JSON");
    }
    return event(event);
  }
}
