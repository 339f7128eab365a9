package com.commaagents.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.server.http.RawClient.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Random and mutated bytes before and after the handshake, beside a connection that must not care.
final class HostileClientsTest {
  private static final int ROUNDS = 400;
  private static final HttpLimits LIMITS =
      new HttpLimits(2000, 1 << 20, 2000, Duration.ofSeconds(30), Duration.ofSeconds(2));

  @Test
  void harmNobodyElse() throws IOException, InterruptedException {
    Random random = new Random(20_260_101);
    try (TestServer server = new TestServer(LIMITS);
        RawClient healthy = RawClient.upgraded(server.port())) {
      for (int round = 0; round < ROUNDS; round++) {
        if (round % 2 == 0) {
          attackBeforeTheUpgrade(server.port(), random);
        } else {
          attackAfterTheUpgrade(server.port(), random);
        }
        healthy.text("echo:" + round);
        assertThat(healthy.readFrame()).isEqualTo(Frame.text(String.valueOf(round)));
      }
    }
  }

  private static void attackBeforeTheUpgrade(int port, Random random) throws IOException {
    byte[] request =
        RawClient.handshake("Host: localhost", "Origin: http://localhost", "X: y")
            .getBytes(StandardCharsets.ISO_8859_1);
    try (RawClient attacker = new RawClient(port)) {
      send(attacker, random.nextInt(4) == 0 ? noise(random, 300) : mutated(request, random));
      end(attacker, random);
    }
  }

  private static void attackAfterTheUpgrade(int port, Random random) throws IOException {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    int count = 1 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      int opcode = random.nextInt(11);
      frames.writeBytes(RawClient.frame(opcode, random.nextBoolean(), noise(random, 200)));
    }
    try (RawClient attacker = RawClient.upgraded(port)) {
      byte[] bytes = frames.toByteArray();
      send(attacker, random.nextInt(4) == 0 ? noise(random, 300) : mutated(bytes, random));
      end(attacker, random);
    }
  }

  private static byte[] noise(Random random, int most) {
    byte[] noise = new byte[random.nextInt(most)];
    random.nextBytes(noise);
    return noise;
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    byte[] changed = bytes.clone();
    int changes = random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
    }
    return changed;
  }

  private static void send(RawClient attacker, byte[] bytes) {
    try {
      attacker.write(bytes);
    } catch (IOException alreadyThrownOut) {
      // That is what it deserves.
    }
  }

  /// Half of them vanish at once, half of them wait until they are thrown out.
  private static void end(RawClient attacker, Random random) throws IOException {
    if (random.nextBoolean()) {
      try {
        attacker.shutdownOutput();
      } catch (IOException alreadyThrownOut) {
        return;
      }
      attacker.readsEnd();
    }
  }
}
