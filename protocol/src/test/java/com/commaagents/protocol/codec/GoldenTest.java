package com.commaagents.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.protocol.message.ClientMessage;
import com.commaagents.protocol.message.DaemonMessage;
import com.commaagents.protocol.message.StreamEvent;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class GoldenTest {
  @TestFactory
  Stream<DynamicTest> writesEveryRequestAsItsFileSaysAndReadsItBack() {
    return ClientSamples.all().entrySet().stream()
        .map(sample -> DynamicTest.dynamicTest(sample.getKey(), () -> client(sample)));
  }

  @TestFactory
  Stream<DynamicTest> writesEveryDaemonMessageAsItsFileSaysAndReadsItBack() {
    return daemonSamples().entrySet().stream()
        .map(sample -> DynamicTest.dynamicTest(sample.getKey(), () -> daemon(sample)));
  }

  @Test
  void hasAShapeForEveryMessageThereCanBe() {
    assertThat(ClientMessages.ALL.classes()).isEqualTo(records(ClientMessage.class));
    assertThat(DaemonMessages.ALL.classes()).isEqualTo(records(DaemonMessage.class));
    assertThat(StreamEvents.ALL.classes()).isEqualTo(records(StreamEvent.class));
  }

  static Map<String, DaemonMessage> daemonSamples() {
    Map<String, DaemonMessage> all = new LinkedHashMap<>(EventSamples.all());
    all.putAll(ReplySamples.all());
    return all;
  }

  private static void client(Map.Entry<String, ClientMessage> sample) {
    byte[] golden = Golden.bytes("client", sample.getKey());
    assertThat(ClientMessageEncoder.encode(sample.getValue())).asString().isEqualTo(text(golden));
    Decoded accepted = new Decoded.Accepted(sample.getValue());
    assertThat(ClientMessageDecoder.decode(golden)).isEqualTo(accepted);
    assertThat(ClientMessageDecoder.decode(text(golden))).isEqualTo(accepted);
  }

  private static void daemon(Map.Entry<String, DaemonMessage> sample) {
    byte[] golden = Golden.bytes("daemon", sample.getKey());
    assertThat(DaemonMessageEncoder.encode(sample.getValue())).asString().isEqualTo(text(golden));
    assertThat(DaemonMessageEncoder.encodeByTable(sample.getValue()))
        .asString()
        .isEqualTo(text(golden));
    Received known = new Received.Known(sample.getValue());
    assertThat(DaemonMessageDecoder.decode(golden)).isEqualTo(known);
    assertThat(DaemonMessageDecoder.decode(text(golden))).isEqualTo(known);
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static Set<Class<?>> records(Class<?> family) {
    return Stream.of(family.getPermittedSubclasses())
        .flatMap(type -> type.isRecord() ? Stream.of(type) : records(type).stream())
        .collect(Collectors.toSet());
  }
}
