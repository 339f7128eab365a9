package com.commaagents.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class Utf8CheckTest {
  private static boolean isUtf8(byte[] bytes) {
    Utf8Check check = new Utf8Check();
    return check.accepts(bytes, 0, bytes.length) && check.isComplete();
  }

  private static boolean jdkSaysUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException malformed) {
      return false;
    }
  }

  @Test
  void agreesWithThePlatformOnEveryPairAndOnEveryTripleOfLeadingBytes() {
    for (int pair = 0; pair < 1 << 16; pair++) {
      byte[] two = {(byte) (pair >> 8), (byte) pair};
      byte[] three = {two[0], two[1], (byte) 0x80};
      byte[] four = {two[0], two[1], (byte) 0xBF, (byte) 0x80};
      for (byte[] bytes : new byte[][] {two, three, four}) {
        if (isUtf8(bytes) != jdkSaysUtf8(bytes)) {
          assertThat(Arrays.toString(bytes)).isEqualTo("as the platform has it");
        }
      }
    }
  }

  @Test
  void givesTheSameAnswerHoweverTheBytesAreCut() {
    Random random = new Random(42);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = almostText(random);
      Utf8Check check = new Utf8Check();
      boolean accepted = true;
      int at = 0;
      while (at < bytes.length && accepted) {
        int end = at + 1 + random.nextInt(bytes.length - at);
        accepted = check.accepts(bytes, at, end);
        at = end;
      }
      assertThat(accepted && check.isComplete())
          .as(Arrays.toString(bytes))
          .isEqualTo(jdkSaysUtf8(bytes));
    }
  }

  private static byte[] almostText(Random random) {
    StringBuilder text = new StringBuilder();
    int length = 1 + random.nextInt(12);
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(random.nextInt(4) == 0 ? random.nextInt(0x110000) : 'a' + i);
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    if (random.nextBoolean()) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return random.nextBoolean() ? bytes : Arrays.copyOf(bytes, random.nextInt(bytes.length) + 1);
  }

  @Test
  void refusesABadByteBeforeTheCharacterIsWhole() {
    assertThat(new Utf8Check().accepts(new byte[] {(byte) 0xF4, (byte) 0x90}, 0, 2)).isFalse();
  }

  @Test
  void isNotCompleteInsideACharacter() {
    Utf8Check check = new Utf8Check();
    assertThat(check.accepts(new byte[] {'a', (byte) 0xC3}, 0, 2)).isTrue();
    assertThat(check.isComplete()).isFalse();
  }
}
