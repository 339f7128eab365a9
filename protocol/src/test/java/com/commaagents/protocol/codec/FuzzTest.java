package com.commaagents.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.json.Json;
import com.commaagents.protocol.message.DaemonMessage.AgentStreaming;
import com.commaagents.protocol.message.EventHeader;
import com.commaagents.protocol.message.StreamEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Random inputs from a seed; a failure names the seed of its input.
final class FuzzTest {
  private static final int MUTANTS_PER_MESSAGE = 500;
  private static final int TEXTS = 5_000;

  /// Pieces that JSON breaks on.
  private static final List<String> SPLICES =
      List.of(
          "\"",
          "\\",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "null",
          "true",
          "-0.0",
          "1e999",
          "1e-999",
          "9223372036854775808",
          "0.1",
          "\\ud800",
          "\\u0000",
          "\ud83d",
          "\udc00",
          "é🌍",
          "\u0000",
          "\"type\":",
          "\"requestId\":\"x\",",
          "\"runId\":null,",
          "[[[[",
          "{\"a\":");

  @Test
  void anyMutantOfARequestIsAValueAndAnAcceptedOneSurvivesARoundTrip() {
    List<String> names = new ArrayList<>(ClientSamples.all().keySet());
    int accepted = 0;
    for (int message = 0; message < names.size(); message++) {
      String golden = Golden.text("client", names.get(message));
      for (int i = 0; i < MUTANTS_PER_MESSAGE; i++) {
        long seed = message * 1_000_000L + i;
        accepted += survives(mutant(golden, new Random(seed)), seed) ? 1 : 0;
      }
    }
    assertThat(accepted).isGreaterThan(names.size());
  }

  @Test
  void anyMutantOfADaemonMessageIsAValue() {
    for (String name : GoldenTest.daemonSamples().keySet()) {
      String golden = Golden.text("daemon", name);
      for (int i = 0; i < MUTANTS_PER_MESSAGE / 10; i++) {
        long seed = name.hashCode() * 1_000L + i;
        byte[] mutant = mutant(golden, new Random(seed));
        if (DaemonMessageDecoder.decode(mutant) instanceof Received.Known known) {
          byte[] again = DaemonMessageEncoder.encode(known.message());
          assertThat(DaemonMessageDecoder.decode(again))
              .as("seed %d", seed)
              .isInstanceOf(Received.Known.class);
        }
      }
    }
  }

  @Test
  void anyTextReadsBackAsItWas() {
    for (long seed = 0; seed < TEXTS; seed++) {
      String text = text(new Random(seed));
      JsonWriter out = new JsonWriter(1);
      out.string(text);
      assertThat(Json.parse(out.toByteArray()).orElseThrow().stringValue())
          .as("seed %d", seed)
          .isEqualTo(text);
    }
  }

  @Test
  void aDeltaIsTheSameBytesByEitherWay() {
    for (long seed = 0; seed < TEXTS; seed++) {
      AgentStreaming delta = delta(new Random(seed));
      byte[] fast = DaemonMessageEncoder.encode(delta);
      assertThat(fast).as("seed %d", seed).isEqualTo(DaemonMessageEncoder.encodeByTable(delta));
      assertThat(DaemonMessageDecoder.decode(fast))
          .as("seed %d", seed)
          .isEqualTo(new Received.Known(delta));
    }
  }

  private static boolean survives(byte[] mutant, long seed) {
    if (ClientMessageDecoder.decode(mutant) instanceof Decoded.Accepted accepted) {
      byte[] again = ClientMessageEncoder.encode(accepted.message());
      assertThat(ClientMessageDecoder.decode(again)).as("seed %d", seed).isEqualTo(accepted);
      return true;
    }
    return false;
  }

  /// As UTF-8, where a broken pair of surrogates becomes a question mark; escaped ones stay.
  private static byte[] mutant(String golden, Random random) {
    StringBuilder text = new StringBuilder(golden);
    for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
      int from = random.nextInt(text.length() + 1);
      int to = Math.min(text.length(), from + random.nextInt(6));
      switch (random.nextInt(4)) {
        case 0 -> text.delete(from, to);
        case 1 -> text.insert(from, SPLICES.get(random.nextInt(SPLICES.size())));
        case 2 -> text.replace(from, to, SPLICES.get(random.nextInt(SPLICES.size())));
        default -> text.insert(from, text.substring(from, to));
      }
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static AgentStreaming delta(Random random) {
    EventHeader header =
        new EventHeader(
            text(random),
            number(random, 1),
            optionalText(random),
            Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L)),
            optionalText(random));
    StreamEvent event =
        random.nextBoolean()
            ? new StreamEvent.Text(text(random))
            : new StreamEvent.Thinking(text(random), text(random));
    return new AgentStreaming(
        header, text(random), optionalText(random), number(random, 0), event, number(random, 1));
  }

  private static OptionalLong number(Random random, long least) {
    return random.nextBoolean()
        ? OptionalLong.of(least + (random.nextLong() >>> (1 + random.nextInt(62))))
        : OptionalLong.empty();
  }

  private static Optional<String> optionalText(Random random) {
    return random.nextBoolean() ? Optional.of(text(random)) : Optional.empty();
  }

  /// Mostly plain characters, with controls, quotes, wide ones, pairs and broken pairs among them.
  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(150); length > 0; length--) {
      switch (random.nextInt(10)) {
        case 0 -> text.append((char) random.nextInt(0x80));
        case 1 -> text.append((char) random.nextInt(0x10000));
        case 2 -> text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
        case 3 -> text.append((char) (0xd800 + random.nextInt(0x800)));
        case 4 -> text.append("\"\\/\u007f\u0080\u07ff\u0800\u2028".charAt(random.nextInt(8)));
        default -> text.append((char) ('a' + random.nextInt(26)));
      }
    }
    return text.toString();
  }
}
