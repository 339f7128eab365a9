package com.commaagents.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.model.ModelInfo;
import com.commaagents.engine.model.ModelPrice;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.engine.model.ModelScope;
import com.commaagents.models.credentials.Credential;
import com.commaagents.models.credentials.CredentialStore;
import com.commaagents.models.testing.Collected;
import com.commaagents.models.testing.HandClock;
import com.commaagents.models.testing.Requests;
import com.commaagents.models.testing.SocketServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProviderModelsTest {
  private final Path folder;
  private final ModelScope scope;
  private final Map<String, String> environment = new HashMap<>();
  private final CredentialStore credentials;
  private final ProviderModels models;
  private final SocketServer server = new SocketServer();

  ProviderModelsTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    scope = new ModelScope("review", folder.resolve("review.yaml"));
    credentials =
        new CredentialStore(
            folder.resolve("credentials.json"), name -> Optional.ofNullable(environment.get(name)));
    models = new ProviderModels(credentials, new HandClock(), () -> "id");
  }

  @AfterEach
  void close() throws IOException {
    models.close();
    server.close();
  }

  @Test
  void knowsTheContextWindowsOfModels() {
    assertThat(models.info("lmstudio/openai/gpt-oss-20b"))
        .isEqualTo(
            new ModelInfo(
                    "lmstudio/openai/gpt-oss-20b", OptionalLong.of(131_072), OptionalLong.empty())
                .withPrice(ModelPrice.FREE));
    assertThat(models.info("openai/gpt-4o-mini").price())
        .contains(ModelPrice.of("0.15", "0.6").withCacheRead("0.075"));
    assertThat(models.info("perplexity/sonar").price()).isEmpty();
    assertThat(models.info("openai/gpt-4o-mini").contextWindow()).hasValue(128_000);
    assertThat(models.info("openai/gpt-4.1").contextWindow()).hasValue(1_047_576);
    assertThat(models.info("openai/gpt-5-mini").maxInputTokens()).hasValue(272_000);
    assertThat(models.info("anthropic/claude-sonnet-4-5-20250929").contextWindow())
        .hasValue(200_000);
    assertThat(models.info("openrouter/anthropic/claude-3.5-sonnet").contextWindow())
        .hasValue(200_000);
    assertThat(models.info("claude-opus-4-1").name()).isEqualTo("anthropic/claude-opus-4-1");
    for (String unknown : List.of("openai-compatible/text:n=1,b=2", "foo/bar", "foo", "", "/")) {
      assertThat(models.info(unknown))
          .isEqualTo(new ModelInfo(unknown, OptionalLong.empty(), OptionalLong.empty()));
    }
  }

  @Test
  void callsAConfiguredEndpointWithTheRestOfTheName() throws Exception {
    for (String provider : List.of("openai-compatible", "mine", "lmstudio", "openai", "groq")) {
      credentials.set(
          provider,
          custom("{'baseURL':'" + server.baseUrl() + "/','apiKey':'k1','headers':{'X-Org':'o'}}"));
      server.next(reply ->
          reply.stream()
              .events(
                  "{\"choices\":[{\"delta\":{\"content\":\"ok\"},\"finish_reason\":\"stop\"}]}",
                  "[DONE]")
              .end());
      String name = provider + "/openai/text:n=1,b=2";
      assertThat(models.model(name, scope).info().name()).isEqualTo(name);
      assertThat(Collected.from(models.model(name, scope), Requests.of(Message.user("x"))).parts())
          .containsExactly(new ModelPart.Text("ok"));
      SocketServer.Request request = server.requests().getLast();
      assertThat(request.line()).startsWith("POST /v1/chat/completions ");
      assertThat(request.headers()).containsEntry("authorization", "Bearer k1");
      assertThat(request.headers()).containsEntry("x-org", "o");
      assertThat(request.body()).contains("\"model\":\"openai/text:n=1,b=2\"");
    }
  }

  @Test
  void callsAnthropicWithAKeyOrAToken() throws Exception {
    credentials.set("anthropic", custom("{'baseURL':'" + server.baseUrl() + "','apiKey':'k1'}"));
    server.next(reply -> reply.stream().events("{\"type\":\"message_stop\"}").end());
    Collected.from(models.model("anthropic/claude-x", scope), Requests.of(Message.user("x")));
    SocketServer.Request request = server.requests().getLast();
    assertThat(request.line()).startsWith("POST /v1/messages ");
    assertThat(request.headers())
        .containsEntry("x-api-key", "k1")
        .containsEntry("anthropic-version", "2023-06-01")
        .doesNotContainKey("authorization");
  }

  @Test
  void saysWhichCredentialIsMissingAndHowToSetIt() {
    Fault groq = fault("groq/llama");
    assertThat(groq.code()).isEqualTo(FaultCode.CREDENTIALS);
    assertThat(groq.message())
        .contains("the provider groq (Groq)")
        .contains("GROQ_API_KEY")
        .contains("set_credential");
    assertThat(fault("together/x").message()).contains("TOGETHER_AI_API_KEY or TOGETHER_API_KEY");
    Fault compatible = fault("openai-compatible/x");
    assertThat(compatible.code()).isEqualTo(FaultCode.CREDENTIALS);
    assertThat(compatible.message()).contains("baseURL");
  }

  @Test
  void needsNoKeyForModelsOnTheSameMachine() {
    assertThat(models.model("ollama/llama3.2:3b", scope).info().name())
        .isEqualTo("ollama/llama3.2:3b");
    assertThat(models.model("lmstudio/openai/gpt-oss-20b", scope).info().contextWindow())
        .hasValue(131_072);
  }

  @Test
  void takesABareIdToTheProviderThatHasACredential() {
    assertThat(fault("gpt-4o").code()).isEqualTo(FaultCode.CREDENTIALS);
    assertThat(fault("gpt-4o").message()).contains("OPENAI_API_KEY");
    environment.put("OPENAI_API_KEY", "sk-1");
    assertThat(models.model("gpt-4o", scope).info().name()).isEqualTo("openai/gpt-4o");
  }

  @Test
  void saysWhatToDoAboutAnUnknownModel() {
    assertThat(fault("nowhere/x")).extracting(Fault::code).isEqualTo(FaultCode.NOT_FOUND);
    assertThat(fault("nowhere/x").message())
        .contains("there is no provider nowhere")
        .contains("anthropic, azure")
        .contains("\"nowhere\": {\"type\": \"custom\"");
    assertThat(fault("no-such-model").message()).contains("write provider/model");
    assertThat(fault("").code()).isEqualTo(FaultCode.NOT_FOUND);
  }

  @Test
  void refusesACredentialThatCannotWork() {
    credentials.set("mine", new Credential.ApiKey("sk-secret"));
    assertThat(fault("mine/x").message()).contains("does not say where it is");
    credentials.set("mine", custom("{'baseURL':'ftp://user:secret@host'}"));
    assertThat(fault("mine/x").message())
        .isEqualTo(
            "the baseURL in the credential of the provider mine is no http or https address");
    credentials.set("openai", new Credential.ApiKey("sk-sec\nret"));
    assertThat(fault("openai/x").message()).contains("header authorization").doesNotContain("ret:");
    credentials.set("mine", custom("{'baseURL':'http://h','headers':{'Host':'x'}}"));
    assertThat(fault("mine/x").message()).contains("its header Host");
    credentials.set(
        "openai",
        new Credential.OAuth("secret", Optional.of(Instant.parse("2026-11-22T10:00:00Z"))));
    assertThat(fault("openai/x").message())
        .startsWith("the access token of the provider openai expired at 2026-11-22T10:00:00Z and")
        .contains("store a new one with set_credential", "refreshToken, tokenUrl and clientId");
    credentials.set(
        "openai",
        new Credential.OAuth("secret", Optional.of(Instant.parse("2026-11-22T10:00:01Z"))));
    assertThat(models.model("openai/x", scope).info().name()).isEqualTo("openai/x");
  }

  @Test
  void answersFromTheScriptBesideTheStrategy() throws Exception {
    assertThat(fault("scripted/default").message())
        .contains(folder.resolve("review.script.yaml").toString())
        .contains("ANTHROPIC_API_KEY")
        .contains("OPENAI_API_KEY");
    Files.writeString(folder.resolve("other.script.yaml"), "writer: [[Hi]]");
    assertThat(
            Collected.from(models.model("scripted/other", scope), Requests.of(Message.user("x")))
                .parts())
        .containsExactly(new ModelPart.Text("Hi"));
  }

  @Test
  void tellsWhoHasACredential() {
    assertThat(models.hasCredential("groq", CredentialStore.GLOBAL)).isFalse();
    environment.put("GROQ_API_KEY", "k");
    assertThat(models.hasCredential("groq", CredentialStore.GLOBAL)).isTrue();
    assertThat(models.hasCredential("ollama", "review")).isFalse();
  }

  private Fault fault(String name) {
    return catchThrowableOfType(Fault.class, () -> models.model(name, scope));
  }

  private static Credential custom(String data) {
    return new Credential.Custom(Requests.json(data));
  }
}
