package com.commaagents.models.google;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.json.Json;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.models.http.FetchedToken;
import com.commaagents.models.http.StreamingHttp;
import com.commaagents.models.testing.HandClock;
import com.commaagents.models.testing.Requests;
import com.commaagents.models.testing.SocketServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServiceAccountTest {
  private final SocketServer server = new SocketServer();
  private final StreamingHttp http = new StreamingHttp();
  private final HandClock clock = new HandClock();
  private final KeyPair keys;

  ServiceAccountTest() throws IOException, NoSuchAlgorithmException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    keys = generator.generateKeyPair();
  }

  @AfterEach
  void close() throws IOException {
    http.close();
    server.close();
  }

  @Test
  void asksForATokenWithASignedAssertion() throws Exception {
    server.next(reply ->
        reply.json(200, "{\"access_token\":\"ya29.x\",\"expires_in\":3599,\"token_type\":\"B\"}"));
    assertThat(account().fetch())
        .isEqualTo(
            new FetchedToken.Token("ya29.x", HandClock.START.plus(Duration.ofSeconds(3599))));
    SocketServer.Request request = server.requests().getFirst();
    assertThat(request.headers())
        .containsEntry("content-type", "application/x-www-form-urlencoded");
    String start = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=";
    assertThat(request.body()).startsWith(start);
    List<String> token = Arrays.asList(request.body().substring(start.length()).split("\\."));
    assertThat(Json.parse(decoded(token.get(0))))
        .contains(Requests.json("{'alg':'RS256','typ':'JWT'}"));
    assertThat(Json.parse(decoded(token.get(1))))
        .contains(
            Requests.json(
                "{'iss':'me@project','scope':'https://www.googleapis.com/auth/cloud-platform',"
                    + "'aud':'"
                    + server.baseUrl()
                    + "','iat':1795341600,'exp':1795345200}"));
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(keys.getPublic());
    signature.update((token.get(0) + "." + token.get(1)).getBytes(StandardCharsets.US_ASCII));
    assertThat(signature.verify(decoded(token.get(2)))).isTrue();
  }

  @Test
  void tellsARefusalInGooglesWords() {
    server.next(reply ->
        reply.json(400, "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid\"}"));
    ModelFailure failure =
        Assertions.catchThrowableOfType(ModelFailure.class, () -> account().fetch());
    assertThat(failure.message()).isEqualTo("google-vertex answered 400: invalid_grant");
    assertThat(failure.retryable()).isFalse();
  }

  @Test
  void readsTheKeyAsTheFileHasIt() {
    String base64 = Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded());
    String pem = "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
    assertThat(ServiceAccount.key(pem)).contains(keys.getPrivate());
    assertThat(ServiceAccount.key(pem.replace("\n", "\\n"))).contains(keys.getPrivate());
    for (String none : List.of("", "secret", "-----BEGIN PRIVATE KEY-----\nAAAA")) {
      assertThat(ServiceAccount.key(none)).isEmpty();
    }
  }

  private ServiceAccount account() {
    return new ServiceAccount(
        http,
        "google-vertex",
        URI.create(server.baseUrl()),
        "me@project",
        keys.getPrivate(),
        clock);
  }

  private static byte[] decoded(String part) {
    return Base64.getUrlDecoder().decode(part);
  }
}
