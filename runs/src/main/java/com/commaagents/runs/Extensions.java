package com.commaagents.runs;

import com.commaagents.engine.hook.Hooks;
import java.util.List;

/// What the embedding program adds to a run system.
///
/// @param hooks called while strategies run, launched ones too, in this order
public record Extensions(List<Hooks> hooks) {
  /// Nothing added.
  public static final Extensions NONE = new Extensions(List.of());

  public Extensions {
    hooks = List.copyOf(hooks);
  }

  public Extensions withHooks(List<Hooks> called) {
    return new Extensions(called);
  }
}
