package com.commaagents.tools.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.commaagents.base.json.Json;
import com.commaagents.engine.tool.ToolSession.Mode;
import com.commaagents.tools.World;
import com.commaagents.tools.failure.ErrorKind;
import com.commaagents.tools.failure.ToolError;
import com.commaagents.tools.call.ActionTool;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

final class WebFetchTest {
  private final List<String> lookups = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch release = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  @AfterEach
  void stop() {
    release.countDown();
    server.stop(0);
  }

  @Test
  void showsAPageAsMarkdown() throws InterruptedException {
    page(
        "/",
        "text/html; charset=utf-8",
        """
        <html><head><title>Häfen</title><script>alert(1)</script></head><body>
        <h1>Häfen</h1><p>A <b>bold</b> word and <a href="/more">more</a>.</p>
        <ul><li>one</li><li><p>two</p><ol><li>deep</li></ol></li></ul>
        <pre><code>x  = 1
        y</code></pre><blockquote><p>said</p></blockquote>
        <table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td><p>2</p></td></tr></table>
        </body></html>
        """);

    assertThat(fetch("/"))
        .isEqualTo(
            """
            url: http://site.test:%1$d/
            type: text/html; charset=utf-8

            # Häfen

            A **bold** word and [more](http://site.test:%1$d/more).

            - one
            - two
              1. deep

            ```
            x  = 1
            y
            ```

            > said

            | a | b |
            | --- | --- |
            | 1 | 2 |\
            """
                .formatted(port()));
  }

  @Test
  void showsAPageAsTextOrAsItIs() throws InterruptedException {
    page("/", "text/html", "<title>T</title><p>a</p><script>no</script><p>b <i>c</i></p>");
    assertThat(call(json("/").put("format", "text"))).endsWith("\n\na\n\nb c");
    assertThat(call(json("/").put("format", "html"))).endsWith("<p>b <i>c</i></p>");
  }

  @Test
  void showsWhatIsNoHtmlAsItIs() throws InterruptedException {
    page("/", "application/vnd.api+json", "{\"a\": [1]}");
    assertThat(fetch("/")).endsWith("\n\n{\"a\": [1]}");
  }

  @Test
  void readsTheCharacterSetThatIsNamed() throws InterruptedException {
    bytes("/header", "text/plain; charset=iso-8859-1", "é".getBytes(Charset.forName("latin1")));
    bytes(
        "/page",
        "text/html",
        "<meta charset=iso-8859-1><p>é</p>".getBytes(Charset.forName("latin1")));
    assertThat(fetch("/header")).endsWith("\n\né");
    assertThat(fetch("/page")).endsWith("\n\né");
  }

  @Test
  void saysThatAFileIsNoText() throws InterruptedException {
    bytes("/image", "image/png", new byte[] {1, 2});
    bytes("/lie", "text/plain", new byte[] {'a', 0});
    assertThat(fetch("/image")).startsWith("binary_file: ").contains("image/png", "run_command");
    assertThat(fetch("/lie")).startsWith("binary_file: ");
  }

  @ParameterizedTest
  @CsvSource({
    "404, not_found, check the address",
    "403, permission_denied, another page",
    "503, unknown, try again later",
    "302, unknown, another page"
  })
  void saysWhatAStatusMeans(int status, String kind, String next) throws InterruptedException {
    server.createContext("/", exchange -> answer(exchange, status, "text/plain", new byte[0]));
    assertThat(fetch("/")).startsWith(kind + ": ").contains(" status " + status, "Next: ", next);
  }

  @Test
  void followsRedirectsAndJudgesEachAnew() throws InterruptedException {
    redirect("/first", "http://other.test:" + port() + "/second");
    redirect("/second", "third");
    page("/third", "text/plain", "here");

    assertThat(fetch("/first"))
        .isEqualTo("url: http://other.test:" + port() + "/third\ntype: text/plain\n\nhere");
    assertThat(lookups).containsOnly("site.test", "other.test");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.test/",
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://[::ffff:127.0.0.1]/",
        "http://0/"
      })
  void refusesToBeLedToThisMachine(String target) throws InterruptedException {
    redirect("/", target);
    assertThat(fetch("/"))
        .satisfiesAnyOf(
            text -> assertThat(text).startsWith("permission_denied: ").contains("webfetchAllow"),
            text -> assertThat(text).startsWith("not_found: There is no host"),
            text -> assertThat(text).startsWith("unknown: ").contains("names no host"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "ftp://site.test/",
        "gopher://site.test/",
        "javascript:alert(1)",
        "//site.test/",
        "site.test",
        "http://user:secret@site.test/",
        "http://",
        "",
        "http://a b/"
      })
  void fetchesOnlyWholeAddressesOfTheWeb(String address) throws InterruptedException {
    assertThat(call(Json.object().put("url", address)))
        .startsWith("unknown: ")
        .contains("cannot be fetched", "https://example.org/page")
        .as("a redirect to it is no other thing");
    redirect("/", "ftp://site.test/");
    assertThat(fetch("/")).contains("only http and https");
  }

  @Test
  void connectsToTheAddressThatItHasJudged() throws InterruptedException {
    page("/", "text/plain", "never");
    // A name that is public when it is judged and leads to this machine when it is asked again.
    List<String> answers = new ArrayList<>(List.of("203.0.114.1", "127.0.0.1"));
    Lookup rebinding = _ -> new InetAddress[] {InetAddress.getByName(answers.removeFirst())};
    ActionTool tool = new WebTools(List.of(), rebinding).tool(WebFetch.Admission.OPEN);

    String answer = tool.call(Json.object().put("url", url("/")).put("timeout", 1), World.CALL);

    assertThat(answer).doesNotContain("never");
    assertThat(answers).containsExactly("127.0.0.1");
  }

  @Test
  void passesOverTheAddressesOfAHostThatAreNotPublic() throws InterruptedException {
    Lookup both =
        _ ->
            new InetAddress[] {InetAddress.getByName("10.0.0.1"), InetAddress.getLoopbackAddress()};
    page("/", "text/plain", "here");
    ActionTool tool = new WebTools(List.of("127.0.0.1"), both).tool(WebFetch.Admission.OPEN);
    assertThat(tool.call(Json.object().put("url", url("/")), World.CALL)).endsWith("here");
  }

  @Test
  void givesUpOnRedirectsWithoutEnd() throws InterruptedException {
    redirect("/", "/");
    assertThat(fetch("/")).contains("more than " + WebFetch.MAX_REDIRECTS + " times");
  }

  @Test
  void followsAsManyRedirectsAsAreAllowed() throws InterruptedException {
    for (int i = 0; i < WebFetch.MAX_REDIRECTS; i++) {
      redirect("/" + i, "/" + (i + 1));
    }
    page("/" + WebFetch.MAX_REDIRECTS, "text/plain", "the last");
    assertThat(fetch("/0")).endsWith("the last");
  }

  @Test
  void readsNoMoreThanItMayOfAPackedPage() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] zeros = new byte[1 << 20];
    Arrays.fill(zeros, (byte) 'x');
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      for (int i = 0; i < 200; i++) {
        out.write(zeros);
      }
    }
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Encoding", "gzip");
          answer(exchange, 200, "text/plain", packed.toByteArray());
        });

    assertThat(fetch("/"))
        .contains("\ntruncated: true")
        .endsWith("x".repeat(100))
        .hasSizeLessThan(WebFetch.MAX_CHARACTERS + 200);
  }

  @ParameterizedTest
  @CsvSource({"0, false", "1, true"})
  void cutsALongPage(int more, boolean cut) throws InterruptedException {
    page("/", "text/plain", "x".repeat(WebFetch.MAX_CHARACTERS + more));
    assertThat(fetch("/").contains("truncated: true")).isEqualTo(cut);
  }

  @Test
  void givesUpOnAServerThatDripsItsAnswer() throws InterruptedException {
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream out = exchange.getResponseBody()) {
            while (!awaitRelease(Duration.ofMillis(50))) {
              out.write('x');
              out.flush();
            }
          }
        });
    assertThat(call(json("/").put("timeout", 1)))
        .startsWith("timeout: ")
        .contains("after 1 s", "longer timeout");
  }

  @Test
  void endsAtOnceWhenItIsInterrupted() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    server.createContext(
        "/",
        exchange -> {
          asked.countDown();
          awaitRelease(Duration.ofMinutes(1));
        });
    AtomicReference<Throwable> ended = new AtomicReference<>();
    Thread call =
        Thread.ofVirtual()
            .start(() -> {
              try {
                fetch("/");
              } catch (InterruptedException stopped) {
                ended.set(stopped);
              }
            });
    asked.await();

    call.interrupt();

    await().untilAsserted(() -> assertThat(ended.get()).isInstanceOf(InterruptedException.class));
  }

  @Test
  void sendsNoCookieAndNoCredential() throws InterruptedException {
    List<String> headers = Collections.synchronizedList(new ArrayList<>());
    server.createContext(
        "/",
        exchange -> {
          headers.addAll(exchange.getRequestHeaders().keySet());
          exchange.getResponseHeaders().add("Set-Cookie", "a=b");
          exchange.getResponseHeaders().add("Location", "/again");
          answer(
              exchange,
              exchange.getRequestURI().getPath().equals("/") ? 302 : 200,
              "text/plain",
              new byte[0]);
        });
    fetch("/");
    assertThat(headers)
        .contains("Host", "User-agent")
        .doesNotContain("Cookie", "Authorization", "Referer");
  }

  @Test
  void fetchesNothingThatAPolicyDenies(@TempDir Path folder) throws InterruptedException {
    try (World world = new World(folder)) {
      world.policy(
          Mode.READ, List.of(), List.of("https://example.com/*"), Optional.empty(), "webfetch");
      assertThat(world.call("webfetch", "{'url': 'https://example.com/page'}"))
          .startsWith("permission_denied: Fetching this address was denied.");
    }
  }

  @Test
  void judgesEachRedirectByThePolicies() throws InterruptedException {
    redirect("/", "/secret");
    page("/secret", "text/plain", "never");
    WebFetch.Admission noSecrets =
        (address, _) -> {
          if (address.endsWith("/secret")) {
            throw new ToolError(ErrorKind.PERMISSION_DENIED, "No.", "go on.");
          }
        };
    assertThat(
            new WebTools(List.of("site.test"), this::lookUp)
                .tool(noSecrets)
                .call(json("/"), World.CALL))
        .startsWith("permission_denied: No.");
  }

  @Test
  void tellsWhatToDoAboutAHostThatIsNotThere() throws InterruptedException {
    assertThat(call(Json.object().put("url", "http://nowhere.test/")))
        .isEqualTo(
            "not_found: There is no host nowhere.test\nNext: check the spelling of the address.");
  }

  @Test
  void refusesADeeplyNestedPageInNoOtherWayThanAnyOther() throws InterruptedException {
    page("/", "text/html", "<div>".repeat(100_000) + "deep");
    assertThat(fetch("/")).contains("deep");
  }

  private String fetch(String path) throws InterruptedException {
    return call(json(path));
  }

  private ObjectNode json(String path) {
    return Json.object().put("url", url(path));
  }

  private String url(String path) {
    return "http://site.test:" + port() + path;
  }

  private String call(ObjectNode arguments) throws InterruptedException {
    return new WebTools(List.of("site.test", "other.test"), this::lookUp)
        .tool(WebFetch.Admission.OPEN)
        .call(arguments, World.CALL);
  }

  private InetAddress[] lookUp(String host) throws UnknownHostException {
    lookups.add(host);
    return switch (host) {
      case "site.test", "other.test", "evil.test" ->
          new InetAddress[] {InetAddress.getLoopbackAddress()};
      case "nowhere.test" -> throw new UnknownHostException(host);
      default -> InetAddress.getAllByName(host);
    };
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private void page(String path, String type, String text) {
    bytes(path, type, text.getBytes(StandardCharsets.UTF_8));
  }

  private void bytes(String path, String type, byte[] body) {
    server.createContext(path, exchange -> answer(exchange, 200, type, body));
  }

  private void redirect(String path, String target) {
    server.createContext(
        path,
        exchange -> {
          exchange.getResponseHeaders().set("Location", target);
          answer(exchange, 302, "text/plain", new byte[0]);
        });
  }

  private static void answer(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().add("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private boolean awaitRelease(Duration patience) {
    try {
      return release.await(patience.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      return true;
    }
  }
}
