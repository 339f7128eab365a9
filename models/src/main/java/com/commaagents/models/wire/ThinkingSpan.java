package com.commaagents.models.wire;

import com.commaagents.base.json.Json;
import com.commaagents.engine.model.Model.PartListener;
import com.commaagents.engine.model.ModelPart;
import tools.jackson.databind.JsonNode;

/// Thinking on a wire that says neither where it begins nor where it ends: it lasts until something
/// else comes; what is thought after that is a thinking of its own. Not thread-safe.
public final class ThinkingSpan {
  private final PartListener listener;
  private int ended;
  private boolean open;

  public ThinkingSpan(PartListener listener) {
    this.listener = listener;
  }

  public void think(String text) throws InterruptedException {
    if (text.isEmpty()) {
      return;
    }
    begin();
    listener.part(new ModelPart.Thinking(id(), text));
  }

  /// Ends the thinking that is open, if one is.
  public void end() throws InterruptedException {
    if (open) {
      end(Json.object());
    }
  }

  /// Ends the thinking that is open, or one without words, with what the provider needs to get it
  /// back.
  public void end(JsonNode providerOptions) throws InterruptedException {
    begin();
    open = false;
    listener.part(new ModelPart.ThinkingEnd(id(), providerOptions));
    ended++;
  }

  private void begin() throws InterruptedException {
    if (!open) {
      open = true;
      listener.part(new ModelPart.ThinkingStart(id()));
    }
  }

  private String id() {
    return "thinking-" + ended;
  }
}
