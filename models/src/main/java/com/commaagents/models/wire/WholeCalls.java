package com.commaagents.models.wire;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.json.Json;
import com.commaagents.engine.model.Model.PartListener;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.models.http.ProviderErrors;
import tools.jackson.databind.JsonNode;

/// The tool calls of an answer on a wire where each comes whole, and maybe without an id. Not
/// thread-safe.
///
/// Limit: [#MAX_CALLS] calls; an answer beyond is refused.
public final class WholeCalls {
  public static final int MAX_CALLS = 1_000;

  private final ProviderErrors errors;
  private final IdGenerator ids;
  private final PartListener listener;
  private int calls;

  public WholeCalls(ProviderErrors errors, IdGenerator ids, PartListener listener) {
    this.errors = errors;
    this.ids = ids;
    this.listener = listener;
  }

  public boolean any() {
    return calls > 0;
  }

  /// @param call an object with an `id`, where the provider gives one
  /// @param arguments anything but an object counts as none
  /// @param kept what the provider needs to get the call back
  public void take(JsonNode call, String name, JsonNode arguments, JsonNode kept)
      throws ModelFailure, InterruptedException {
    calls++;
    if (calls > MAX_CALLS) {
      throw errors.unusable("it calls more than " + MAX_CALLS + " tools at once");
    }
    listener.part(
        new ModelPart.ToolCall(
            Json.text(call, "id").filter(id -> !id.isEmpty()).orElseGet(() -> "call_" + ids.next()),
            name,
            Json.write(arguments.isObject() ? arguments : Json.object()),
            kept));
  }
}
