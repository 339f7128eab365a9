package com.commaagents.packages.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.packages.testing.TestRegistry;
import com.commaagents.packages.testing.ZipBytes;
import com.commaagents.strategy.installed.PackageName;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class RegistryTest {
  private static final PackageName NAME = new PackageName("a", "b");

  @TempDir Path folder;
  private TestRegistry files;
  private HttpServer server;
  private final Map<String, String> redirects = new ConcurrentHashMap<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  @BeforeEach
  void serve() throws IOException {
    files = new TestRegistry(folder.resolve("registry"));
    files.publish("@a/b", "1.0", "{}", "");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    listen(server);
  }

  private void listen(HttpServer listening) {
    listening.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    listening.createContext("/", this::answer);
    listening.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    try (exchange) {
      if (redirects.containsKey(path)) {
        exchange.getResponseHeaders().set("location", redirects.get(path));
        exchange.sendResponseHeaders(302, -1);
        return;
      }
      if (path.endsWith("/stalled")) {
        exchange.sendResponseHeaders(200, 100);
        exchange.getResponseBody().write('{');
        exchange.getResponseBody().flush();
        ended.await();
        return;
      }
      Path file = files.folder().resolve(path.substring(1));
      if (!Files.isRegularFile(file)) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      exchange.sendResponseHeaders(200, 0);
      Files.copy(file, exchange.getResponseBody());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void stop() {
    ended.countDown();
    server.stop(0);
  }

  @Test
  void readsAFolderAndAnAddressAlike() throws Exception {
    for (Registry registry : new Registry[] {inFolder(), at("/index.json")}) {
      Release release = registry.index().require(NAME, Optional.empty());
      Path into = Files.createTempDirectory(folder, "got").resolve("a.zip");
      registry.fetch(release, into);
      assertThat(into).hasSameBinaryContentAs(files.folder().resolve("ab-1.0.zip"));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(into)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void speaksHttpsAndTrustsOnlyWhatTheMachineTrusts() throws Exception {
    SSLContext tls = selfSigned();
    HttpsServer secure =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    secure.setHttpsConfigurator(new HttpsConfigurator(tls));
    listen(secure);
    try {
      URI url = URI.create("https://localhost:" + secure.getAddress().getPort() + "/index.json");
      Registry trusting = at(url, () -> HttpClient.newBuilder().sslContext(tls), Download.TIMEOUT);
      trusting.fetch(trusting.index().require(NAME, Optional.empty()), folder.resolve("a.zip"));
      refuses(at(url, HttpClient::newBuilder, Download.TIMEOUT), "its certificate is not one that");
      // What was asked for securely is not had otherwise, not even on this machine.
      redirects.put("/index.json", local("/index.json").toString());
      refuses(trusting, "may not be asked; only https is followed");
      redirects.clear();
      files.publish("@a/b", "1.1", "{}", "").put("archive", local("/ab-1.1.zip").toString());
      files.write();
      refusesArchive(trusting, "no address that may be asked");
    } finally {
      secure.stop(0);
    }
  }

  private SSLContext selfSigned() throws Exception {
    Path store = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(keys, "changeit".toCharArray());
    TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
    trusted.init(keys);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    return tls;
  }

  @Test
  void followsThreeRedirectsAndNoFourth() throws Exception {
    redirects.put("/1", "/2");
    redirects.put("/2", local("/3").toString());
    redirects.put("/3", "index.json");
    assertThat(at("/1").index().packages()).hasSize(1);
    redirects.put("/0", "/1");
    refuses(at("/0"), "it leads on more than 3 times");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://192.0.2.1/index.json",
        "file:///etc/passwd",
        "ftp://localhost/",
        "https://u:p@x/",
        "//192.0.2.1/",
        "https:x",
        ":"
      })
  void followsToNothingThatMayNotBeAsked(String location) {
    redirects.put("/index.json", location);
    refuses(at("/index.json"), "it leads to an address that may not be asked");
  }

  @Test
  void saysWhatAnAddressAnswered() {
    refuses(
        at("/none.json?key=s3cret"), "/none.json cannot be had: it was answered with status 404");
    server.stop(0);
    refuses(at("/index.json"), "there is no connection");
  }

  @Test
  void givesUpAnAnswerThatDoesNotEnd() {
    Registry registry = at(local("/stalled"), HttpClient::newBuilder, Duration.ofMillis(300));
    refuses(registry, "it did not come within");
  }

  @Test
  void isBrokenOffByAnInterruption() throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    Thread asking =
        Thread.ofVirtual()
            .start(() -> {
              try {
                var _ = at("/stalled").index();
              } catch (InterruptedException expected) {
                stopped.countDown();
              }
            });
    asking.interrupt();
    stopped.await();
  }

  @Test
  void holdsAnIndexToItsSize() throws Exception {
    String json = Files.readString(files.folder().resolve("index.json"));
    Path index = files.folder().resolve("index.json");
    Files.writeString(index, json + " ".repeat(Registry.MAX_INDEX_BYTES - json.length()));
    assertThat(at("/index.json").index().packages()).hasSize(1);
    assertThat(inFolder().index().packages()).hasSize(1);
    Files.writeString(index, json + " ".repeat(Registry.MAX_INDEX_BYTES - json.length() + 1));
    refuses(at("/index.json"), "larger than 8 MiB");
    refuses(inFolder(), "is larger than 8388608 bytes");
  }

  @Test
  void holdsAnArchiveToItsSizeWhateverTheIndexSays() throws Exception {
    byte[] most = new byte[Registry.MAX_ARCHIVE_BYTES];
    files
        .publish("@a/b", "2", "{}", new ZipBytes())
        .put("size", most.length)
        .put("sha256", TestRegistry.sha256(most));
    files.write();
    Path archive = Files.write(files.folder().resolve("ab-2.zip"), most);
    at("/index.json").fetch(newest(), folder.resolve("most.zip"));
    Files.write(archive, new byte[Registry.MAX_ARCHIVE_BYTES + 1]);
    refusesArchive(at("/index.json"), "larger than 64 MiB");
    refusesArchive(inFolder(), "it has 67108865 bytes in place of 67108864");
  }

  @Test
  void refusesAnArchiveThatIsNotTheOneOfTheIndex() throws Exception {
    Path archive = files.folder().resolve("ab-1.0.zip");
    byte[] bytes = Files.readAllBytes(archive);
    bytes[40] ^= 1;
    Files.write(archive, bytes);
    String forged = "its SHA-256 is " + TestRegistry.sha256(bytes) + " in place of ";
    refusesArchive(inFolder(), forged);
    refusesArchive(at("/index.json"), forged);
    Files.write(archive, new byte[1]);
    refusesArchive(inFolder(), "it has 1 bytes in place of ");
    Files.delete(archive);
    refusesArchive(inFolder(), "is no file in the registry's folder");
    refusesArchive(at("/index.json"), "status 404");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../secret.zip", "/dev/zero", "link.zip", ".", "a\0b", "sub/../../secret.zip"})
  void takesNoFileFromOutsideOfItsFolder(String path) throws Exception {
    Path secret = Files.write(folder.resolve("secret.zip"), new ZipBytes().bytes());
    Files.createSymbolicLink(files.folder().resolve("link.zip"), secret);
    files.publish("@a/b", "2", "{}", new ZipBytes()).put("archive", path);
    files.write();
    refusesArchive(inFolder(), "is no file in the registry's folder");
  }

  @Test
  void saysThatAFolderHasNoIndex() throws IOException {
    Files.delete(files.folder().resolve("index.json"));
    refuses(inFolder(), "there is no " + files.folder().resolve("index.json"));
  }

  private Release newest() throws InterruptedException {
    return inFolder().index().require(NAME, Optional.empty());
  }

  private Registry inFolder() {
    return new Registry(new RegistryAddress.Folder(files.folder()), new Download());
  }

  private Registry at(String path) {
    return at(local(path), HttpClient::newBuilder, Download.TIMEOUT);
  }

  private static Registry at(URI url, Supplier<HttpClient.Builder> clients, Duration timeout) {
    return new Registry(new RegistryAddress.Web(url), new Download(clients, timeout));
  }

  private URI local(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private static void refuses(Registry registry, String why) {
    assertThatExceptionOfType(Fault.class)
        .isThrownBy(registry::index)
        .withMessageStartingWith("The package registry: ")
        .withMessageContaining(why)
        .satisfies(fault -> assertThat(fault.code()).isEqualTo(FaultCode.UPSTREAM))
        .satisfies(fault -> assertThat(fault.message()).doesNotContain("s3cret"));
  }

  private void refusesArchive(Registry registry, String why)
      throws IOException, InterruptedException {
    Path into = Files.createTempDirectory(folder, "refused").resolve("a.zip");
    Release release = newest();
    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> registry.fetch(release, into))
        .withMessageContaining(why);
  }
}
