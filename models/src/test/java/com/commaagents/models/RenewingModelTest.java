package com.commaagents.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.model.Model;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.engine.model.ModelInfo;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.engine.model.TurnEnd;
import com.commaagents.models.credentials.Credential;
import com.commaagents.models.credentials.CredentialStore;
import com.commaagents.models.credentials.TokenRenewal;
import com.commaagents.models.rest.JsonHttp;
import com.commaagents.models.testing.HandClock;
import com.commaagents.models.testing.Models;
import com.commaagents.models.testing.Requests;
import com.commaagents.models.testing.SocketServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenewingModelTest {
  private static final TurnEnd END = new TurnEnd(FinishReason.STOP, Usage.NONE, Optional.empty());

  private final Path file;
  private final JsonHttp http = new JsonHttp();
  private final SocketServer server = new SocketServer();
  private final List<String> called = new ArrayList<>();
  private final RenewingModel model;
  private int refusals;
  private boolean speaksFirst;

  RenewingModelTest(@TempDir Path folder) throws IOException {
    file = folder.resolve("credentials.json");
    CredentialStore store = new CredentialStore(file, _ -> Optional.empty());
    TokenRenewal renewal = new TokenRenewal(store, http, new HandClock());
    model =
        new RenewingModel(
            Models.info("p/m"),
            new RenewingModel.Tokens(renewal, "review", "p", List.of()),
            Caller::new);
  }

  @AfterEach
  void close() throws IOException {
    http.close();
    server.close();
  }

  @Test
  void callsWithATokenThatHasNotExpired() throws Exception {
    write("old", "2026-11-22T10:00:00Z");
    answer("new");
    assertThat(generate()).isEqualTo(END);
    assertThat(generate()).isEqualTo(END);
    assertThat(called).containsExactly("new", "new");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void callsOnceMoreWithAnotherTokenAfterA401() throws Exception {
    write("old", "2030-01-01T00:00:00Z");
    answer("new");
    refusals = 1;
    assertThat(generate()).isEqualTo(END);
    assertThat(called).containsExactly("old", "new");
  }

  @Test
  void givesUpWhenTheNewTokenIsRefusedToo() throws Exception {
    write("old", "2030-01-01T00:00:00Z");
    answer("new");
    refusals = 2;
    assertThat(failure().status()).hasValue(401);
    assertThat(called).containsExactly("old", "new");
  }

  @Test
  void doesNotCallAgainOnceSomethingWasSaid() throws Exception {
    write("old", "2030-01-01T00:00:00Z");
    refusals = 1;
    speaksFirst = true;
    assertThat(failure().status()).hasValue(401);
    assertThat(called).containsExactly("old");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void failsWithWhatToDoWhenThereIsNoToken() throws Exception {
    write("old", "2026-11-22T10:00:00Z");
    server.next(reply -> reply.json(400, "{\"error\":\"invalid_grant\"}"));
    ModelFailure failure = failure();
    assertThat(failure.message())
        .startsWith("the access token of the provider p (entry $global.p of credentials.json)")
        .endsWith("sign in anew and store the new token with set_credential");
    assertThat(failure.retryable()).isFalse();
    assertThat(called).isEmpty();
  }

  private TurnEnd generate() throws ModelFailure, InterruptedException {
    return model.generate(Requests.of(Message.user("x")), _ -> {});
  }

  private ModelFailure failure() {
    return catchThrowableOfType(ModelFailure.class, this::generate);
  }

  private void answer(String token) {
    server.next(
        reply -> reply.json(200, "{\"access_token\":\"" + token + "\",\"expires_in\":3600}"));
  }

  private void write(String token, String expiresAt) throws IOException {
    Files.writeString(
        file,
        "{\"$global\":{\"p\":{\"type\":\"oauth\",\"accessToken\":\"%s\",\"expiresAt\":\"%s\",\"refreshToken\":\"r\",\"tokenUrl\":\"%s\"}}}"
            .formatted(token, expiresAt, server.baseUrl()));
  }

  /// Refuses as often as the test says.
  private final class Caller implements Model {
    private final String token;

    Caller(Optional<Credential> credential) {
      token = ((Credential.OAuth) credential.orElseThrow()).accessToken();
    }

    @Override
    public ModelInfo info() {
      return Models.info("p/m");
    }

    @Override
    public TurnEnd generate(ModelRequest request, PartListener listener)
        throws ModelFailure, InterruptedException {
      called.add(token);
      if (speaksFirst) {
        listener.part(new ModelPart.Text("hi"));
      }
      if (refusals-- > 0) {
        throw new ModelFailure("no", OptionalInt.of(401), false, Optional.empty());
      }
      return END;
    }
  }
}
