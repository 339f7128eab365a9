package com.commaagents.models.credentials;

import static com.commaagents.models.testing.Requests.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.json.Json;
import com.commaagents.base.task.TaskScope;
import com.commaagents.models.rest.JsonHttp;
import com.commaagents.models.testing.HandClock;
import com.commaagents.models.testing.SocketServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class TokenRenewalTest {
  private static final List<String> VARIABLES = List.of("OPENAI_API_KEY");
  private static final Instant LATER = HandClock.START.plusSeconds(3_600);

  private final Path file;
  private final Map<String, String> environment = new HashMap<>();
  private final CredentialStore store;
  private final HandClock clock = new HandClock();
  private final JsonHttp http = new JsonHttp();
  private final SocketServer server = new SocketServer();
  private final TokenRenewal tokens;

  TokenRenewalTest(@TempDir Path folder) throws IOException {
    file = folder.resolve("credentials.json");
    store = open();
    tokens = new TokenRenewal(store, http, clock);
  }

  @AfterEach
  void close() throws IOException {
    http.close();
    server.close();
  }

  @Test
  void renewsATokenThatHasExpiredAndKeepsItPrivately() throws Exception {
    write("$global", HandClock.START);
    answer("new", "'expires_in':3600,'refresh_token':'refresh-2'");
    assertThat(fresh()).contains(new Credential.OAuth("new", Optional.of(LATER)));
    assertThat(server.requests().getFirst().body())
        .isEqualTo(
            "client_id=me&client_secret=secret-of-me&grant_type=refresh_token"
                + "&refresh_token=refresh-1");
    assertThat(entry("$global"))
        .isEqualTo(
            json(
                "{'type':'oauth','accessToken':'new','refreshToken':'refresh-2','clientId':'me',"
                    + "'clientSecret':'secret-of-me','tokenUrl':'"
                    + server.baseUrl()
                    + "','note':'n','expiresAt':"
                    + LATER.toEpochMilli()
                    + "}"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void renewsAMinuteBeforeItExpiresAndNotSooner() throws Exception {
    write("$global", HandClock.START.plus(TokenRenewal.LEEWAY).plusMillis(1));
    assertThat(fresh().orElseThrow()).extracting(this::token).isEqualTo("old");
    write("$global", HandClock.START.plus(TokenRenewal.LEEWAY));
    answer("new", "'expires_in':3600");
    assertThat(fresh().orElseThrow()).extracting(this::token).isEqualTo("new");
    assertThat(entry("$global").path("refreshToken").asString()).isEqualTo("refresh-1");
  }

  @Test
  void renewsOnceHoweverManyAsk() throws Exception {
    write("$global", HandClock.START);
    CountDownLatch allAsked = new CountDownLatch(1);
    server.next(reply -> {
      allAsked.await();
      reply.json(200, "{\"access_token\":\"new\",\"expires_in\":3600}");
    });
    List<Callable<Optional<Credential>>> callers =
        Collections.nCopies(20, (Callable<Optional<Credential>>) this::fresh);
    Thread release =
        Thread.ofVirtual()
            .start(() -> {
              Awaitility.await().until(() -> !server.requests().isEmpty());
              allAsked.countDown();
            });
    assertThat(TaskScope.all("caller", callers))
        .containsOnly(Optional.of(new Credential.OAuth("new", Optional.of(LATER))));
    release.join();
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void keepsTheNewTokenThoughWhoeverAskedIsInterrupted() throws Exception {
    write("$global", HandClock.START);
    CountDownLatch interrupted = new CountDownLatch(1);
    server.next(reply -> {
      interrupted.await();
      reply.json(200, "{\"access_token\":\"new\",\"refresh_token\":\"refresh-2\"}");
    });
    Thread caller =
        Thread.ofVirtual()
            .start(() ->
                assertThat(catchThrowableOfType(InterruptedException.class, this::fresh))
                    .isNotNull());
    Awaitility.await().until(() -> !server.requests().isEmpty());
    caller.interrupt();
    caller.join();
    interrupted.countDown();
    Awaitility.await()
        .until(() -> entry("$global").path("refreshToken").asString().equals("refresh-2"));
  }

  @Test
  void renewsInTheScopeWhereTheTokenStands() throws Exception {
    write("review", HandClock.START);
    answer("new", "'expires_in':1");
    assertThat(fresh().map(this::token)).contains("new");
    assertThat(entry("review").path("accessToken").asString()).isEqualTo("new");
    assertThat(entry("$global").isMissingNode()).isTrue();
  }

  @Test
  void takesWhatSomebodyElseHasRenewedOrSet() throws Exception {
    write("$global", HandClock.START);
    server.next(reply -> {
      open().set("openai", new Credential.OAuth("set-meanwhile", Optional.empty()));
      reply.json(200, "{\"access_token\":\"new\"}");
    });
    assertThat(fresh().map(this::token)).contains("set-meanwhile");
    environment.put("OPENAI_API_KEY", "of-the-environment");
    assertThat(fresh()).contains(new Credential.ApiKey("of-the-environment"));
    assertThat(tokens.isRenewable("review", "openai", VARIABLES)).isFalse();
  }

  @Test
  void findsAnotherTokenForOneThatIsRefused() throws Exception {
    write("$global", LATER);
    answer("new", "'expires_in':3600");
    assertThat(insteadOf("old").map(this::token)).contains("new");
    assertThat(insteadOf("old").map(this::token)).contains("new");
    assertThat(server.requests()).hasSize(1);
    store.set("openai", new Credential.OAuth("alone", Optional.empty()));
    assertThat(insteadOf("alone")).isEmpty();
  }

  @Test
  void saysWhichTokenCouldNotBeRenewedAndWhyWithoutAnySecret() throws Exception {
    write("$global", HandClock.START);
    server
        .next(reply ->
            reply.json(
                400,
                "{\"error\":\"invalid_grant\",\"error_description\":\"no refresh-1, old,"
                    + " secret-of-me\"}"))
        .next(reply -> reply.json(200, "{\"token\":\"new\"}"))
        .next(reply -> reply.cut());
    Fault refused = fault();
    assertThat(refused.code()).isEqualTo(FaultCode.CREDENTIALS);
    assertThat(refused.message())
        .isEqualTo(
            "the access token of the provider openai (entry $global.openai of credentials.json),"
                + " which expires at 2026-11-22T10:00:00Z, could not be renewed: its token endpoint"
                + " answered 400: invalid_grant: no ***, ***, ***; sign in anew and store the new"
                + " token with set_credential");
    assertThat(fault().message()).contains("its token endpoint answered 200; sign in anew");
    Fault unreachable = fault();
    assertThat(unreachable.code()).isEqualTo(FaultCode.UPSTREAM);
    assertThat(unreachable.message()).endsWith("; try again later");
    assertThat(entry("$global").path("accessToken").asString()).isEqualTo("old");
  }

  @Test
  void sendsARefreshTokenNowhereInTheClear() throws Exception {
    for (String address : List.of("http://example.org/token", "ftp://h", "no address", "https:")) {
      write(
          "{'$global':{'openai':{'type':'oauth','accessToken':'old','expiresAt':1,"
              + "'refreshToken':'r','tokenUrl':'"
              + address
              + "'}}}");
      assertThat(fault().message()).as(address).contains("its tokenUrl is no https address");
    }
  }

  @Test
  void overwritesNoFileItCannotRead() throws Exception {
    write("$global", HandClock.START);
    server.next(reply -> {
      Files.writeString(file, "{\n oops");
      reply.json(200, "{\"access_token\":\"new\"}");
    });
    assertThat(fault().message()).startsWith(file + ":2:");
    assertThat(file).hasContent("{\n oops");
  }

  private Optional<Credential> fresh() throws InterruptedException {
    return tokens.fresh("review", "openai", VARIABLES);
  }

  private Optional<Credential> insteadOf(String token) throws InterruptedException {
    return tokens.insteadOf(token, "review", "openai", VARIABLES);
  }

  private Fault fault() {
    return catchThrowableOfType(Fault.class, this::fresh);
  }

  private String token(Credential credential) {
    return ((Credential.OAuth) credential).accessToken();
  }

  private CredentialStore open() {
    return new CredentialStore(file, name -> Optional.ofNullable(environment.get(name)));
  }

  private void answer(String token, String more) {
    server.next(reply ->
        reply.json(200, ("{'access_token':'" + token + "'," + more + "}").replace('\'', '"')));
  }

  private void write(String scope, Instant expiresAt) throws IOException {
    write(
        "{'"
            + scope
            + "':{'openai':{'type':'oauth','accessToken':'old','refreshToken':'refresh-1',"
            + "'clientId':'me','clientSecret':'secret-of-me','note':'n','tokenUrl':'"
            + server.baseUrl()
            + "','expiresAt':'"
            + expiresAt
            + "'}}}");
  }

  private void write(String content) throws IOException {
    Files.deleteIfExists(file);
    Files.writeString(file, content.replace('\'', '"'));
  }

  private JsonNode entry(String scope) throws IOException {
    return Json.parse(Files.readAllBytes(file)).orElseThrow().path(scope).path("openai");
  }
}
