package com.commaagents.tools.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.json.Json;
import com.commaagents.tools.World;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// Servers that mean no good, and addresses that hide where they lead.
@Timeout(60)
final class WebAttacksTest {
  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";

  private final AtomicInteger connections = new AtomicInteger();
  private ServerSocket server;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getByName("0.0.0.0"));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private interface Answer {
    void writeTo(OutputStream out) throws IOException;
  }

  /// Answers every connection once its request has been read.
  private void serve(Answer answer) {
    Thread.ofVirtual()
        .start(() -> {
          while (!server.isClosed()) {
            try {
              Socket socket = server.accept();
              connections.incrementAndGet();
              Thread.ofVirtual().start(() -> answer(socket, answer));
            } catch (IOException closed) {
              return;
            }
          }
        });
  }

  private static void answer(Socket socket, Answer answer) {
    try (socket) {
      byte[] request = new byte[16 << 10];
      if (socket.getInputStream().read(request) > 0) {
        answer.writeTo(socket.getOutputStream());
      }
    } catch (IOException hungUp) {
      // The other side has had enough, which is what these tests are about.
      return;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private String fetch(int seconds) throws InterruptedException {
    return new WebTools(List.of("site.test"), WebAttacksTest::site)
        .tool(WebFetch.Admission.OPEN)
        .call(
            Json.object()
                .put("url", "http://site.test:" + server.getLocalPort() + "/")
                .put("timeout", seconds),
            World.CALL);
  }

  private static InetAddress[] site(String host) throws UnknownHostException {
    if (!host.equals("site.test")) {
      throw new UnknownHostException(host);
    }
    return new InetAddress[] {InetAddress.getLoopbackAddress()};
  }

  @Test
  void showsTheBeginningOfABodyWithoutEnd() throws Exception {
    byte[] piece = bytes("x".repeat(1 << 16));
    serve(out -> {
      out.write(bytes(HEAD + "\r\n"));
      while (true) {
        out.write(piece);
      }
    });

    assertThat(fetch(20)).contains("truncated: true", "xxxx");
  }

  @Test
  void showsTheBeginningOfAPackedBodyWithoutEnd() throws Exception {
    byte[] zeros = bytes("0".repeat(1 << 20));
    serve(out -> {
      out.write(bytes(HEAD + "Content-Encoding: gzip\r\n\r\n"));
      GZIPOutputStream packed = new GZIPOutputStream(out);
      while (true) {
        packed.write(zeros);
      }
    });

    assertThat(fetch(20)).contains("truncated: true", "0000");
  }

  @Test
  void unpacksNoMoreThanItMayOfWhatIsPackedManyTimes() throws Exception {
    byte[] body = bytes("0".repeat(8 << 20));
    for (int i = 0; i < 3; i++) {
      body = packed(body);
    }
    byte[] thrice = body;
    serve(out -> {
      out.write(bytes(HEAD + "Content-Encoding: gzip, gzip, gzip\r\nContent-Length: "));
      out.write(bytes(thrice.length + "\r\n\r\n"));
      out.write(thrice);
    });
    assertThat(fetch(20)).contains("truncated: true", "0000");
  }

  private static byte[] packed(byte[] body) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream packed = new GZIPOutputStream(out)) {
      packed.write(body);
    }
    return out.toByteArray();
  }

  @Test
  void makesNoUnpackerForEachOfAThousandNames() throws Exception {
    String codings = "gzip,".repeat(1000) + "gzip";
    serve(out -> out.write(bytes(HEAD + "Content-Encoding: " + codings + "\r\n\r\nx")));

    assertThat(fetch(20)).startsWith("unknown: Fetching ").contains("Next: try again once");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Header: 1\r\n", "X", "HTTP/1.1 100 Continue\r\n\r\n", "\r\n", " "})
  void takesNoHeadWithoutEnd(String piece) throws Exception {
    serve(out -> {
      out.write(bytes("HTTP/1.1 200 OK\r\n"));
      while (true) {
        out.write(bytes(piece.repeat(1000)));
      }
    });

    // An empty line ends a head, so what comes then is a body.
    assertThat(fetch(2))
        .matches("(?s)(unknown|timeout|binary_file): .*Next: .*|url: .*truncated.*");
  }

  @ParameterizedTest
  @CsvSource({
    "'', 'unknown: '",
    "'hello', 'unknown: '",
    "'HTTP/1.1 99999999999 OK\r\n\r\n', 'unknown: '",
    "'HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n', 'unknown: '",
    "'HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n', 'unknown: '",
    "'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 50\r\n\r\nshort', 'unknown: '",
    "'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffff\r\n', 'unknown: '",
    "'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: gzip\r\n\r\nnot packed', 'unknown: '",
    "'HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=no-such\r\n\r\nx', 'url: '",
    "'HTTP/1.1 302 Found\r\nLocation: \r\n\r\n', 'unknown: '",
    "'HTTP/1.1 302 Found\r\nLocation: http://[\r\n\r\n', 'unknown: '",
    "'HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\n\r\n', 'not_found: '",
    "'HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\n\r\n', 'unknown: '",
  })
  void tellsAModelOfEveryBrokenAnswer(String answer, String beginning) throws Exception {
    serve(out -> out.write(bytes(answer)));

    assertThat(fetch(5)).startsWith(beginning);
  }

  @Test
  void readsNoBodyOfARedirectForEver() throws Exception {
    byte[] piece = bytes("x".repeat(1 << 16));
    serve(out -> {
      out.write(bytes("HTTP/1.1 302 Found\r\nLocation: http://nowhere.test/\r\n\r\n"));
      while (true) {
        out.write(piece);
      }
    });

    assertThat(fetch(20)).startsWith("not_found: There is no host nowhere.test");
  }

  /// Every spelling of this machine and of what is beside it. Whatever a spelling is taken for, the
  /// server here is not asked.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.0.0.2",
        "127.255.255.255",
        "0.0.0.0",
        "2130706433",
        "017700000001",
        "0x7f000001",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "0177.0.0.01",
        "127.1",
        "127.0.1",
        "0",
        "127.0.0.1.",
        "127.000.000.001",
        "%31%32%37.0.0.1",
        "127%2e0%2e0%2e1",
        "１２７.0.0.1",
        "127。0。0。1",
        "[::1]",
        "[::]",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[0:0:0:0:0:ffff:7f00:0001]",
        "[::127.0.0.1]",
        "[::7f00:1]",
        "[64:ff9b::7f00:1]",
        "[64:ff9b::127.0.0.1]",
        "[64:ff9b:1::7f00:1]",
        "[2002:7f00:1::]",
        "[2001:0:0:0:0:0:80ff:fffe]",
        "[::1%25lo]",
        "[fe80::1%251]",
        "localhost.",
        "LOCALHOST",
        "sub.localhost",
        "169.254.169.254",
        "2852039166",
        "[::ffff:a9fe:a9fe]",
        "[fd00:ec2::254]",
        "metadata.google.internal",
      })
  void asksNothingOfThisMachineHoweverItIsSpelled(String host) throws Exception {
    serve(out -> out.write(bytes(HEAD + "\r\nnever")));
    ObjectNode call =
        Json.object()
            .put("url", "http://" + host + ":" + server.getLocalPort() + "/")
            .put("timeout", 5);

    String answer =
        new WebTools(List.of(), WebAttacksTest::hereOnly)
            .tool(WebFetch.Admission.OPEN)
            .call(call, World.CALL);

    assertThat(answer).matches("(?s)(permission_denied|not_found|unknown): .*\nNext: .*");
    assertThat(connections).hasValue(0);
  }

  // As the system looks names up, but the net is not asked: names of this machine lead to it, and
  // what would lead anywhere else leads nowhere.
  private static InetAddress[] hereOnly(String host) throws UnknownHostException {
    String name = host.toLowerCase(java.util.Locale.ROOT);
    if (name.matches("(.*\\.)?localhost\\.?") || name.endsWith(".internal")) {
      return new InetAddress[] {InetAddress.getLoopbackAddress()};
    }
    if (!name.matches("[0-9a-fx.]+|\\[.*]")) {
      throw new UnknownHostException(host);
    }
    InetAddress address = InetAddress.getByName(host);
    if (new PublicAddresses(List.of()).refusal(host, address).isEmpty()) {
      throw new UnknownHostException(host);
    }
    return new InetAddress[] {address};
  }
}
