package com.commaagents.strategy.definition;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/// How steps follow each other; flows nest to any depth the JSON limits allow.
public sealed interface FlowDefinition {
  String name();

  Optional<String> description();

  /// At least one.
  List<Step> steps();

  /// Each step gets the previous step's text; the last text is the result.
  record Sequential(String name, Optional<String> description, List<Step> steps)
      implements FlowDefinition {
    public Sequential {
      steps = List.copyOf(steps);
    }
  }

  /// The steps as a sequence, repeated.
  ///
  /// @param cycles how often at most; empty: without end
  /// @param observer the agent that is called with each cycle's text and may break the cycle
  record Cycle(
      String name,
      Optional<String> description,
      List<Step> steps,
      OptionalInt cycles,
      Optional<String> observer,
      List<String> breakSignals,
      SignalMatch breakSignalMatch)
      implements FlowDefinition {
    public static final List<String> DEFAULT_BREAK_SIGNALS = List.of("end cycle", "stop", "done");

    public Cycle {
      steps = List.copyOf(steps);
      breakSignals = List.copyOf(breakSignals);
    }
  }

  /// Every step gets the same input, in parallel; the texts are joined in file order.
  record Broadcast(String name, Optional<String> description, List<Step> steps, String separator)
      implements FlowDefinition {
    public static final String DEFAULT_SEPARATOR = "\n\n";

    public Broadcast {
      steps = List.copyOf(steps);
    }
  }

  /// A flow of a type that was registered by the embedding program or a plug-in.
  record Custom(
      String type, String name, Optional<String> description, List<Step> steps, JsonNode config)
      implements FlowDefinition {
    public Custom {
      steps = List.copyOf(steps);
    }
  }

  /// One step of a flow.
  sealed interface Step {
    /// A call of an agent of the strategy.
    record Agent(String agent, Optional<String> description) implements Step {}

    /// A nested flow.
    record Flow(FlowDefinition flow) implements Step {}
  }

  /// How an observer's answer is compared with the break signals; case never counts.
  enum SignalMatch {
    SUBSTRING,
    FIRST_LINE,
    ANY_LINE,
    EXACT;

    /// As written in a file, for example `first-line`.
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
