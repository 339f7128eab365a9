package com.commaagents.runs.timeline;

import com.commaagents.engine.resume.Recording;
import com.commaagents.runs.timeline.TimelineEvent.Shape;
import com.commaagents.runs.timeline.TimelineEvent.Steering;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A segment that was interrupted, with what it had done.
///
/// @param input what it was started with
/// @param shape what its strategy was made of, where its timeline keeps that
/// @param steering what people had queued and no agent has used, oldest first
/// @param traced whether its timeline says where each agent call stood
public record Interrupted(
    Optional<String> input,
    Optional<Shape> shape,
    Recording recording,
    List<Steering> steering,
    boolean traced) {
  public Interrupted {
    steering = List.copyOf(steering);
  }

  /// Why it cannot be taken up with this flow; empty when it can.
  public Optional<String> obstacle(JsonNode flowTree) {
    if (!traced) {
      return Optional.of(
          "its timeline, written by another daemon, does not say where its agents stood");
    }
    if (shape.isPresent() && !shape.get().flowTree().equals(flowTree)) {
      return Optional.of("the flow in its strategy file has changed since");
    }
    return Optional.empty();
  }
}
