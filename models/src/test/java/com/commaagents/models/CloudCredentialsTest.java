package com.commaagents.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.commaagents.base.fault.Fault;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.model.Model;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.engine.model.ModelScope;
import com.commaagents.engine.model.ProviderListing;
import com.commaagents.models.cloud.CloudFiles;
import com.commaagents.models.contract.Answers;
import com.commaagents.models.contract.AwsVerifier;
import com.commaagents.models.contract.ConverseSpeaker;
import com.commaagents.models.contract.GenerateSpeaker;
import com.commaagents.models.contract.MessagesSpeaker;
import com.commaagents.models.contract.Speaker;
import com.commaagents.models.credentials.Credential;
import com.commaagents.models.credentials.CredentialStore;
import com.commaagents.models.testing.Collected;
import com.commaagents.models.testing.HandClock;
import com.commaagents.models.testing.Requests;
import com.commaagents.models.testing.SocketServer;
import com.commaagents.models.wire.WireModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Models called with what the tools of clouds keep in a home folder.
final class CloudCredentialsTest {
  private static final String SECRET = "wJalrXUtnFEMI";
  private static final String REFRESH = "1//refresh-token";

  private final Path home;
  private final ModelScope scope;
  private final Map<String, String> environment = new HashMap<>();
  private final CredentialStore credentials;
  private final HandClock clock = new HandClock();
  private final ProviderModels models;
  private final SocketServer server = new SocketServer();

  CloudCredentialsTest(@TempDir Path home) throws IOException {
    this.home = home;
    scope = new ModelScope("review", home.resolve("review.yaml"));
    credentials =
        new CredentialStore(
            home.resolve("credentials.json"),
            name -> Optional.ofNullable(environment.get(name)),
            new CloudFiles(home, name -> Optional.ofNullable(environment.get(name))));
    models = new ProviderModels(credentials, clock, () -> "id");
  }

  @BeforeEach
  void callTheTestsOwnServer() {
    environment.put("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", server.baseUrl());
    environment.put("GOOGLE_VERTEX_BASE_URL", server.baseUrl());
  }

  @AfterEach
  void close() throws IOException {
    models.close();
    server.close();
  }

  @Test
  void signsWithTheKeysOfAProfile() throws Exception {
    environment.put("AWS_PROFILE", "work");
    write(
        ".aws/config",
        """
        [profile work]
        region = eu-west-1
        aws_access_key_id = ASIAEXAMPLE
        aws_secret_access_key = wJalrXUtnFEMI
        aws_session_token = session-token
        """);
    answers(new ConverseSpeaker(true));

    call("bedrock/amazon.nova-pro-v1:0");

    SocketServer.Request sent = server.requests().getLast();
    assertThat(sent.headers()).containsEntry("x-amz-security-token", "session-token");
    assertThat(sent.headers().get("authorization"))
        .startsWith(
            "AWS4-HMAC-SHA256 Credential=ASIAEXAMPLE/20261122/eu-west-1/bedrock/aws4_request, ");
    String authorization = sent.headers().getOrDefault("authorization", "");
    String signed = authorization.replaceAll(".*SignedHeaders=([^,]*),.*", "$1");
    assertThat(authorization)
        .endsWith(
            "Signature="
                + AwsVerifier.signature(
                    SECRET,
                    "POST",
                    "/v1/model/amazon.nova-pro-v1%253A0/converse-stream",
                    "",
                    sent.headers(),
                    List.of(signed.split(";")),
                    sent.body().getBytes(StandardCharsets.UTF_8),
                    "eu-west-1",
                    "bedrock"));
  }

  @Test
  void prefersWhatIsConfiguredHere() throws Exception {
    write(
        ".aws/credentials", "[default]\naws_access_key_id=A\naws_secret_access_key=B\nregion=x\n");
    credentials.set(
        "bedrock", new Credential.Custom(Requests.json("{'region':'r','apiKey':'our-own-key'}")));
    answers(new ConverseSpeaker(true));

    call("bedrock/amazon.nova-pro-v1:0");

    assertThat(server.requests().getLast().headers())
        .containsEntry("authorization", "Bearer our-own-key");
  }

  @Test
  void saysWhyAProfileIsNoUse() throws IOException {
    environment.put("AWS_PROFILE", "work");
    write(".aws/config", "[profile work]\nsso_session = s\nregion = x\n");

    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> models.model("bedrock/amazon.nova-pro-v1:0", scope))
        .withMessageStartingWith("no credential for the provider bedrock (Amazon Bedrock): ")
        .withMessageContaining(
            ". Besides, the AWS profile work signs in (SSO), which is not done here; ");
  }

  @Test
  void fetchesTokensForWhoSignedInAndRenewsThem() throws Exception {
    person();
    token("ya29.first");
    answers(new GenerateSpeaker());
    answers(new GenerateSpeaker());
    Model model = models.model("google-vertex/gemini-3-pro", scope);
    Collected.from(model, request());
    Collected.from(model, request());

    SocketServer.Request asked = server.requests().getFirst();
    assertThat(asked.line()).isEqualTo("POST /v1/token HTTP/1.1");
    assertThat(asked.body())
        .isEqualTo(
            "grant_type=refresh_token&client_id=c.apps&client_secret=wJalrXUtnFEMI"
                + "&refresh_token=1%2F%2Frefresh-token");
    assertThat(server.requests().subList(1, 3))
        .allSatisfy(sent ->
            assertThat(sent.headers())
                .containsEntry("authorization", "Bearer ya29.first")
                .containsEntry("x-goog-user-project", "payer"));

    clock.sleep(Duration.ofHours(1));
    token("ya29.second");
    answers(new GenerateSpeaker());
    Collected.from(model, request());
    assertThat(server.requests().getLast().headers())
        .containsEntry("authorization", "Bearer ya29.second");
  }

  @Test
  void callsClaudeAtVertexWithTheKeyOfAServiceAccount() throws Exception {
    environment.put(
        "GOOGLE_APPLICATION_CREDENTIALS", write("account.json", serviceAccount()).toString());
    token("ya29.account");
    answers(new MessagesSpeaker(false));

    call("google-vertex/claude-opus-4-1@20250805");

    SocketServer.Request sent = server.requests().getLast();
    assertThat(sent.line())
        .isEqualTo("POST /v1/models/claude-opus-4-1@20250805:streamRawPredict HTTP/1.1");
    assertThat(sent.headers())
        .containsEntry("authorization", "Bearer ya29.account")
        .doesNotContainKey("anthropic-version");
    assertThat(sent.body())
        .contains("\"anthropic_version\":\"vertex-2023-10-16\"")
        .doesNotContain("\"model\"");
  }

  @Test
  void knowsWhereClaudeIsAtVertex() throws IOException {
    environment.remove("GOOGLE_VERTEX_BASE_URL");
    environment.put("GOOGLE_CLOUD_LOCATION", "us-east5");
    person();

    assertThat(((WireModel) models.model("google-vertex/claude-x@1", scope)).endpoint().url())
        .hasToString(
            "https://us-east5-aiplatform.googleapis.com/v1/projects/payer/locations/us-east5"
                + "/publishers/anthropic/models/claude-x@1:streamRawPredict");
    environment.put("GOOGLE_VERTEX_PROJECT", "p");
    environment.put("GOOGLE_VERTEX_LOCATION", "global");
    assertThat(((WireModel) models.model("google-vertex/claude-x", scope)).endpoint().url())
        .hasToString(
            "https://aiplatform.googleapis.com/v1/projects/p/locations/global"
                + "/publishers/anthropic/models/claude-x:streamRawPredict");
  }

  @Test
  void refusesToCallClaudeWithAKeyOfTheExpressMode() {
    environment.remove("GOOGLE_VERTEX_BASE_URL");
    environment.put("GOOGLE_VERTEX_API_KEY", SECRET);

    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> models.model("google-vertex/claude-x", scope))
        .withMessageStartingWith(
            "a key of the express mode of google-vertex calls Google's own models only: for Claude"
                + " sign in by ");
  }

  @Test
  void showsNoSecretWhenGoogleRefuses() throws Exception {
    person();
    server.next(reply ->
        reply.json(
            400,
            "{\"error\":\"invalid_grant\",\"error_description\":\"" + REFRESH + SECRET + "\"}"));
    Model model = models.model("google-vertex/gemini-3-pro", scope);
    ModelFailure failure = Collected.failure(model, request());
    assertThat(failure.message())
        .startsWith("google-vertex answered 400: ")
        .endsWith("; sign in anew by `gcloud auth application-default login`")
        .doesNotContain(REFRESH, SECRET);
    assertThat(failure.retryable()).isFalse();

    token("ya29.x-token");
    server.next(reply ->
        reply.json(403, "{\"error\":{\"message\":\"ya29.x-token " + REFRESH + SECRET + "\"}}"));
    assertThat(Collected.failure(model, request()).message())
        .startsWith("google-vertex answered 403: *** ******");
  }

  @Test
  void listsProvidersAsConfiguredWithoutTheirSecrets() throws Exception {
    person();
    write(".aws/credentials", "[default]\naws_access_key_id=AKID\naws_secret_access_key=" + SECRET);

    List<ProviderListing> listed =
        models
            .directory(home.resolve("registered.json"))
            .list(CredentialStore.GLOBAL, ProviderDirectory.Asking.NOBODY);

    assertThat(listed)
        .filteredOn(listing -> List.of("bedrock", "google-vertex").contains(listing.id()))
        .hasSize(2)
        .allSatisfy(listing -> {
          assertThat(listing.usable()).isTrue();
          assertThat(listing.toString()).doesNotContain(SECRET, REFRESH);
        });
  }

  private void person() throws IOException {
    write(
        ".config/gcloud/application_default_credentials.json",
        """
        {"type":"authorized_user","client_id":"c.apps","client_secret":"wJalrXUtnFEMI",
         "refresh_token":"1//refresh-token","quota_project_id":"payer","token_uri":"%s/token"}
        """
            .formatted(server.baseUrl()));
  }

  private String serviceAccount() throws NoSuchAlgorithmException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    String key =
        Base64.getEncoder().encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
    return """
    {"type":"service_account","project_id":"p-1","client_email":"me@p-1",
     "private_key":"-----BEGIN PRIVATE KEY-----\\n%s\\n-----END PRIVATE KEY-----\\n",
     "token_uri":"%s/token"}
    """
        .formatted(key, server.baseUrl());
  }

  private void token(String value) {
    server.next(reply ->
        reply.json(
            200,
            "{\"access_token\":\"" + value + "\",\"expires_in\":3599,\"token_type\":\"Bearer\"}"));
  }

  private void answers(Speaker speaker) {
    server.next(reply -> {
      reply.stream(speaker.contentType());
      for (byte[] event : speaker.stream(Answers.TEXT)) {
        reply.piece(event, 0, event.length);
      }
      reply.end();
    });
  }

  private void call(String model) throws Exception {
    Collected.from(models.model(model, scope), request());
  }

  private static ModelRequest request() {
    return Requests.of(Message.user("Hello"));
  }

  private Path write(String name, String content) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }
}
