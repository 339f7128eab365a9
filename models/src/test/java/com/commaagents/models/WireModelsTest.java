package com.commaagents.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.model.Model;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.engine.model.ModelScope;
import com.commaagents.models.contract.Answers;
import com.commaagents.models.contract.ChatSpeaker;
import com.commaagents.models.contract.GenerateSpeaker;
import com.commaagents.models.contract.Speaker;
import com.commaagents.models.credentials.Credential;
import com.commaagents.models.credentials.CredentialStore;
import com.commaagents.models.testing.Collected;
import com.commaagents.models.testing.HandClock;
import com.commaagents.models.testing.Requests;
import com.commaagents.models.testing.SocketServer;
import com.commaagents.models.wire.WireModel;
import com.commaagents.strategy.definition.AgentDefinition.ModelOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where providers are called, and what with, by credential and environment.
class WireModelsTest {
  private static final ModelRequest REQUEST = Requests.of(Message.user("Hello"));
  private static final Speaker CHAT =
      new ChatSpeaker(ChatSpeaker.Thinks.NOT, ChatSpeaker.Counts.OPENAI);

  private final ModelScope scope;
  private final Map<String, String> environment = new HashMap<>();
  private final CredentialStore credentials;
  private final ProviderModels models;
  private final SocketServer server = new SocketServer();

  WireModelsTest(@TempDir Path folder) throws IOException {
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
  void knowsWhereEachProviderIs() {
    for (Provider provider : Providers.sorted()) {
      provider.environment().forEach(name -> environment.put(name, "key-of-provider"));
    }
    environment.put("GITHUB_TOKEN", "github_pat_1");
    assertThat(url("groq/x")).isEqualTo("https://api.groq.com/openai/v1/chat/completions");
    assertThat(url("xai/x")).isEqualTo("https://api.x.ai/v1/responses");
    assertThat(url("perplexity/x")).isEqualTo("https://api.perplexity.ai/chat/completions");
    assertThat(url("anthropic/x")).isEqualTo("https://api.anthropic.com/v1/messages");
    assertThat(url("cohere/x")).isEqualTo("https://api.cohere.com/v2/chat");
    assertThat(url("google/gemini-x"))
        .isEqualTo(
            "https://generativelanguage.googleapis.com/v1beta/models/gemini-x"
                + ":streamGenerateContent?alt=sse");
    assertThat(url("google/tunedModels/mine"))
        .endsWith("/v1beta/tunedModels/mine:streamGenerateContent?alt=sse");
    assertThat(url("google-vertex/gemini-x"))
        .isEqualTo(
            "https://aiplatform.googleapis.com/v1/publishers/google/models/gemini-x"
                + ":streamGenerateContent?alt=sse");
    assertThat(url("github-copilot/openai/gpt-x"))
        .isEqualTo("https://models.github.ai/inference/chat/completions");
    assertThat(url("ollama/x")).isEqualTo("http://localhost:11434/api/chat");
  }

  @Test
  void callsResponsesOfOpenAisModelsThatThinkAndChatOfTheRest() {
    environment.put("OPENAI_API_KEY", "sk-1");
    ApiChoice thinking = (ApiChoice) models.model("openai/gpt-5", scope);
    assertThat(thinking.usual()).isSameAs(thinking.responses());
    assertThat(((WireModel) thinking.responses()).endpoint().url())
        .hasToString("https://api.openai.com/v1/responses");
    ApiChoice other = (ApiChoice) models.model("openai/gpt-4o", scope);
    assertThat(other.usual()).isSameAs(other.chat());
    environment.clear();
    credentials.set("openai", custom("{'baseURL':'http://proxy/v1','apiKey':'k'}"));
    ApiChoice elsewhere = (ApiChoice) models.model("openai/gpt-5", scope);
    assertThat(elsewhere.usual()).isSameAs(elsewhere.chat());
  }

  @Test
  void refusesAnApiThatThereIsNot() throws Exception {
    environment.put("OPENAI_API_KEY", "sk-1");
    ModelRequest request =
        new ModelRequest(
            "writer",
            Optional.empty(),
            List.of(Message.user("Hello")),
            List.of(),
            ModelOptions.NONE,
            Requests.options("{'openai':{'api':'assistants'}}"),
            Optional.empty());
    assertThat(Collected.failure(models.model("openai/gpt-5", scope), request).message())
        .isEqualTo(
            "providerOptions.openai.api of the agent writer must be chat or responses; correct it"
                + " in the strategy file");
  }

  @Test
  void findsBedrockByRegionAndTakesEitherKindOfKey() {
    Fault missing = fault("bedrock/x");
    assertThat(missing.code()).isEqualTo(FaultCode.CREDENTIALS);
    assertThat(missing.message()).contains("AWS_BEARER_TOKEN_BEDROCK or AWS_SECRET_ACCESS_KEY");
    environment.put("AWS_SECRET_ACCESS_KEY", "secret-1");
    assertThat(fault("bedrock/x").message())
        .startsWith("the provider bedrock needs region: set the environment variable AWS_REGION");
    environment.put("AWS_REGION", "eu-west-1");
    assertThat(fault("bedrock/x").message())
        .startsWith("the provider bedrock needs accessKeyId")
        .contains("AWS_ACCESS_KEY_ID")
        .doesNotContain("secret-1");
    environment.put("AWS_ACCESS_KEY_ID", "AKID");
    assertThat(url("bedrock/a.b-v1:0"))
        .isEqualTo(
            "https://bedrock-runtime.eu-west-1.amazonaws.com/model/a.b-v1%3A0/converse-stream");
    environment.put("AWS_BEARER_TOKEN_BEDROCK", "bearer-1");
    assertThat(url("bedrock/x")).startsWith("https://bedrock-runtime.eu-west-1.amazonaws.com/");
  }

  @Test
  void signsForBedrockWithThePairOfKeysInTheCredential() throws Exception {
    environment.put("AWS_SESSION_TOKEN", "of-another-pair");
    credentials.set(
        "bedrock",
        custom(
            "{'region':'us-east-1','baseURL':'BASE','accessKeyId':'AKID',"
                + "'secretAccessKey':'secret-2'}"));
    server.next(reply -> reply.json(403, "{\"message\":\"no\"}"));
    assertThat(Collected.failure(models.model("bedrock/x", scope), REQUEST).message())
        .isEqualTo("bedrock answered 403: no (check the credential of bedrock)");
    assertThat(server.requests().getLast().headers().get("authorization"))
        .startsWith("AWS4-HMAC-SHA256 Credential=AKID/20261122/us-east-1/bedrock/aws4_request");
    assertThat(server.requests().getLast().headers()).doesNotContainKey("x-amz-security-token");
  }

  @Test
  void findsAzureByItsResource() {
    environment.put("AZURE_API_KEY", "k");
    assertThat(fault("azure/gpt").message())
        .startsWith(
            "the provider azure needs resourceName: set the environment variable"
                + " AZURE_RESOURCE_NAME");
    environment.put("AZURE_RESOURCE_NAME", "my-resource");
    ApiChoice choice = (ApiChoice) models.model("azure/gpt-5", scope);
    assertThat(choice.usual()).isSameAs(choice.responses());
    ApiChoice other = (ApiChoice) models.model("azure/my-deployment", scope);
    assertThat(other.usual()).isSameAs(other.chat());
    assertThat(((WireModel) choice.chat()).endpoint().url())
        .hasToString("https://my-resource.openai.azure.com/openai/v1/chat/completions");
    assertThat(((WireModel) choice.responses()).endpoint().url())
        .hasToString("https://my-resource.openai.azure.com/openai/v1/responses");
  }

  @Test
  void findsVertexByProjectAndLocation() {
    credentials.set("google-vertex", new Credential.OAuth("ya29.token", Optional.empty()));
    assertThat(fault("google-vertex/g").message()).contains("GOOGLE_VERTEX_PROJECT");
    environment.put("GOOGLE_VERTEX_PROJECT", "p1");
    environment.put("GOOGLE_VERTEX_LOCATION", "europe-west4");
    assertThat(url("google-vertex/g"))
        .isEqualTo(
            "https://europe-west4-aiplatform.googleapis.com/v1/projects/p1/locations/europe-west4/"
                + "publishers/google/models/g:streamGenerateContent?alt=sse");
    environment.put("GOOGLE_VERTEX_LOCATION", "global");
    assertThat(url("google-vertex/g"))
        .startsWith("https://aiplatform.googleapis.com/v1/projects/p1/locations/global/");
    credentials.set("google-vertex", custom("{'clientEmail':'me@p1','privateKey':'none'}"));
    assertThat(fault("google-vertex/g").message())
        .contains("no usable privateKey")
        .contains("private_key");
  }

  @Test
  void callsVertexWithATokenForTheServiceAccount() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    String key =
        Base64.getEncoder().encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
    credentials.set(
        "google-vertex",
        custom(
            "{'baseURL':'BASE','tokenURL':'BASE/token','clientEmail':'me@p','privateKey':'"
                + key
                + "'}"));
    server.next(reply -> reply.json(200, "{\"access_token\":\"ya29.x\",\"expires_in\":3600}"));
    expect(new GenerateSpeaker());
    Collected.from(models.model("google-vertex/g", scope), REQUEST);
    assertThat(server.requests().getFirst().line()).startsWith("POST /v1/token ");
    assertThat(server.requests().getLast().headers())
        .containsEntry("authorization", "Bearer ya29.x");
  }

  @Test
  void exchangesTheTokenOfACopilotAppAndNoOther() throws Exception {
    credentials.set(
        "github-copilot", custom("{'baseURL':'BASE','tokenURL':'BASE/token','apiKey':'ghu_1'}"));
    server.next(reply -> reply.json(200, "{\"token\":\"tid=1\",\"expires_at\":1895341600}"));
    expect(CHAT);
    Collected.from(models.model("github-copilot/gpt-x", scope), REQUEST);
    assertThat(server.requests().getFirst().line()).startsWith("GET /v1/token ");
    assertThat(server.requests().getLast().headers())
        .containsEntry("authorization", "Bearer tid=1")
        .containsEntry("copilot-integration-id", "vscode-chat");
    credentials.set("github-copilot", custom("{'baseURL':'BASE','api':'models','apiKey':'ghu_1'}"));
    expect(CHAT);
    Collected.from(models.model("github-copilot/gpt-x", scope), REQUEST);
    assertThat(server.requests().getLast().headers())
        .containsEntry("authorization", "Bearer ghu_1")
        .doesNotContainKey("copilot-integration-id");
  }

  @Test
  void findsOllamaWhereItsOwnVariableSaysAndSpeaksChatCompletionsWhereAsked() {
    environment.put("OLLAMA_HOST", "box:11434");
    assertThat(url("ollama/x")).isEqualTo("http://box:11434/api/chat");
    credentials.set("ollama", custom("{'baseURL':'http://box:11434/v1/'}"));
    assertThat(url("ollama/x")).isEqualTo("http://box:11434/v1/chat/completions");
    credentials.set("ollama", custom("{'baseURL':'https://ollama.com'}"));
    assertThat(url("ollama/x")).isEqualTo("https://ollama.com/api/chat");
  }

  private void expect(Speaker speaker) {
    server.next(reply -> {
      reply.stream(speaker.contentType());
      for (byte[] event : speaker.stream(Answers.TEXT)) {
        reply.piece(event, 0, event.length);
      }
      reply.end();
    });
  }

  private String url(String name) {
    Model model = models.model(name, scope);
    Model called = model instanceof ApiChoice choice ? choice.usual() : model;
    return ((WireModel) called).endpoint().url().toString();
  }

  private Fault fault(String name) {
    return catchThrowableOfType(Fault.class, () -> models.model(name, scope));
  }

  private Credential custom(String data) {
    return new Credential.Custom(Requests.json(data.replace("BASE", server.baseUrl())));
  }
}
