package com.commaagents.runs;

import com.commaagents.engine.hook.Hooks;
import com.commaagents.engine.plugin.Types;
import java.util.List;

/// What the embedding program adds to a run system.
///
/// @param hooks called while strategies run, launched ones too, in this order
/// @param types of agents and flows that strategies may name besides the built-in ones
public record Extensions(List<Hooks> hooks, Types types) {
  /// Nothing added.
  public static final Extensions NONE = new Extensions(List.of(), Types.NONE);

  public Extensions {
    hooks = List.copyOf(hooks);
  }

  public Extensions withHooks(List<Hooks> called) {
    return new Extensions(called, types);
  }

  public Extensions withTypes(Types added) {
    return new Extensions(hooks, added);
  }
}
