package com.commaagents.models.testing;

import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.models.http.ProviderErrors;
import com.commaagents.models.http.Secrets;
import com.commaagents.models.wire.AnswerReader;
import com.commaagents.models.wire.WireFormat;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A format without a connection: what it sends, and what it makes of events.
public final class Reading {
  private static final ModelRequest REQUEST = Requests.of(Message.user("Hello"));

  private Reading() {}

  /// How a provider named `mock` tells its failures.
  public static ProviderErrors errors() {
    Secrets none = new Secrets(List.of());
    return new ProviderErrors("mock", URI.create("http://mock"), () -> none, new HandClock());
  }

  /// The answer that these events are, each in single quotes.
  public static Collected of(WireFormat format, String... events)
      throws ModelFailure, InterruptedException {
    List<ModelPart> parts = new ArrayList<>();
    AnswerReader answer = format.reader(REQUEST, errors(), parts::add);
    for (String event : events) {
      byte[] bytes = event.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
      answer.event(bytes, 0, bytes.length);
    }
    return new Collected(List.copyOf(parts), answer.end());
  }

  /// The failure that these events must be.
  public static ModelFailure failure(WireFormat format, String... events)
      throws InterruptedException {
    try {
      throw new AssertionError("did not fail: " + of(format, events));
    } catch (ModelFailure failure) {
      return failure;
    }
  }

  /// A body as it goes over the wire, so that 7 and 7L are the same.
  public static JsonNode body(WireFormat format, ModelRequest request) {
    return Json.parse(Json.writeBytes(format.body(request))).orElseThrow();
  }
}
