package com.commaagents.models.wire;

import com.commaagents.engine.model.Model.PartListener;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.models.http.ProviderErrors;
import tools.jackson.databind.node.ObjectNode;

/// How one API writes a request for one model and streams its answer. Thread-safe.
public interface WireFormat {
  /// The body of a request.
  ObjectNode body(ModelRequest request);

  /// What reads the answer to `request`, and hands its parts to `listener`.
  AnswerReader reader(ModelRequest request, ProviderErrors errors, PartListener listener);
}
