package com.commaagents.runs;

import com.commaagents.engine.hook.Hooks;
import com.commaagents.engine.plugin.CommaPlugin;
import com.commaagents.engine.plugin.Types;
import java.util.List;
import java.util.Set;

/// What the embedding program adds to a run system.
///
/// @param hooks called while strategies run, launched ones too, in this order
/// @param types of agents and flows, and tools, that strategies may name besides the built-in ones
public record Extensions(List<Hooks> hooks, Types types) {
  /// Nothing added.
  public static final Extensions NONE = new Extensions(List.of(), Types.NONE);

  /// All that some plug-ins add, their hooks in the order of the plug-ins.
  ///
  /// @throws IllegalArgumentException when two of them have something of the same name
  public static Extensions of(List<CommaPlugin> plugins) {
    return new Extensions(
        plugins.stream().flatMap(plugin -> plugin.hooks().stream()).toList(),
        Types.of(
            plugins.stream().flatMap(plugin -> plugin.agentTypes().stream()).toList(),
            plugins.stream().flatMap(plugin -> plugin.flowTypes().stream()).toList(),
            plugins.stream().flatMap(plugin -> plugin.tools().stream()).toList()));
  }

  public Extensions {
    hooks = List.copyOf(hooks);
  }

  /// This, where none of its tools has a name that is taken.
  ///
  /// @throws IllegalArgumentException when one has
  public Extensions requireFree(Set<String> toolNames) {
    for (String name : types.tools().keySet()) {
      if (toolNames.contains(name)) {
        throw new IllegalArgumentException("there is a tool named " + name + " already");
      }
    }
    return this;
  }

  public Extensions withHooks(List<Hooks> called) {
    return new Extensions(called, types);
  }

  public Extensions withTypes(Types added) {
    return new Extensions(hooks, added);
  }
}
