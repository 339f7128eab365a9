package com.commaagents.models.wire;

import com.commaagents.base.json.Json;
import com.commaagents.engine.model.Model;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.engine.model.ModelInfo;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.engine.model.TurnEnd;
import com.commaagents.models.http.Endpoint;

/// A model behind an endpoint that speaks a format. Thread-safe.
public record WireModel(ModelInfo info, Endpoint endpoint, WireFormat format) implements Model {
  @Override
  public TurnEnd generate(ModelRequest request, PartListener listener)
      throws ModelFailure, InterruptedException {
    AnswerReader answer = format.reader(request, endpoint.errors(), listener);
    endpoint.stream(Json.writeBytes(format.body(request)), answer);
    return answer.end();
  }
}
