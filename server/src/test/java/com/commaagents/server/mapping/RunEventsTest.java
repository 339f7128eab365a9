package com.commaagents.server.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.id.RunId;
import com.commaagents.engine.event.EngineEvent.StreamEvent;
import com.commaagents.runs.message.PublishedMessage;
import com.commaagents.runs.message.RunMessage;
import com.commaagents.server.fakes.FixedClock;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class RunEventsTest {
  private static final Map<String, RunMessage> SAMPLES = RunMessageSamples.all();

  @TestFactory
  Stream<DynamicTest> putsEveryMessageOnTheWireAsItsFileSays() {
    return SAMPLES.entrySet().stream()
        .map(sample ->
            DynamicTest.dynamicTest(
                sample.getKey(),
                () ->
                    assertThat(wire(sample.getValue()))
                        .isEqualTo(WireGolden.file(sample.getKey()))));
  }

  @Test
  void hasASampleOfEveryMessageAndStreamEventThereCanBe() {
    assertThat(SAMPLES.values().stream().map(Object::getClass).collect(Collectors.toSet()))
        .isEqualTo(Set.of(RunMessage.class.getPermittedSubclasses()));
    assertThat(
            SAMPLES.values().stream()
                .filter(RunMessage.AgentStreaming.class::isInstance)
                .map(message -> ((RunMessage.AgentStreaming) message).event().getClass())
                .collect(Collectors.toSet()))
        .isEqualTo(Set.of(StreamEvent.class.getPermittedSubclasses()));
  }

  private static String wire(RunMessage message) {
    return WireGolden.wire(
        RunEvents.of(new PublishedMessage(new RunId("run-1"), 7, FixedClock.NOW, message)));
  }
}
