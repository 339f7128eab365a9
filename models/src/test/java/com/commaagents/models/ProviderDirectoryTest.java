package com.commaagents.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.engine.model.ModelFacts;
import com.commaagents.engine.model.ModelPrice;
import com.commaagents.engine.model.ProviderListing;
import com.commaagents.engine.model.ProviderListing.CredentialKind;
import com.commaagents.engine.model.ProviderListing.Source;
import com.commaagents.models.ProviderDirectory.Asking;
import com.commaagents.models.catalogue.Catalogues;
import com.commaagents.models.credentials.Credential;
import com.commaagents.models.credentials.CredentialStore;
import com.commaagents.models.testing.HandClock;
import com.commaagents.models.testing.Requests;
import com.commaagents.models.testing.SocketServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProviderDirectoryTest {
  private static final String KEY = "marker-of-a-key";

  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private final CredentialStore credentials;
  private final ProviderModels models;
  private final SocketServer server = new SocketServer();
  private final ProviderDirectory directory;

  ProviderDirectoryTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    credentials =
        new CredentialStore(
            folder.resolve("credentials.json"), name -> Optional.ofNullable(environment.get(name)));
    models =
        new ProviderModels(
            credentials,
            Catalogues.with(folder.resolve("models.json")),
            new HandClock(),
            () -> "id");
    directory = models.directory(folder.resolve("provider-registry.json"));
  }

  @AfterEach
  void close() throws IOException {
    models.close();
    server.close();
  }

  @Test
  void listsWhatIsKnownWithoutAskingAnybody() throws Exception {
    environment.put("GROQ_API_KEY", KEY);
    List<ProviderListing> all = directory.list(CredentialStore.GLOBAL, Asking.NOBODY);
    assertThat(all)
        .extracting(ProviderListing::id)
        .isSorted()
        .contains("anthropic", "azure", "bedrock", "google", "google-vertex", "github-copilot")
        .contains("cohere", "ollama", "openai", "openai-compatible", "scripted", "xai");
    assertThat(all)
        .allSatisfy(listing -> {
          assertThat(listing.source()).isEqualTo(Source.CATALOG);
          assertThat(listing.custom()).isFalse();
        });
    assertThat(all.stream().filter(ProviderListing::usable).map(ProviderListing::id))
        .containsExactly("groq", "lmstudio", "ollama", "scripted");
    assertThat(one("anthropic", Asking.NOBODY).credentialKind()).isEqualTo(CredentialKind.API);
    assertThat(one("ollama", Asking.NOBODY).credentialKind()).isEqualTo(CredentialKind.NONE);
    assertThat(one("openai-compatible", Asking.NOBODY).credentialKind())
        .isEqualTo(CredentialKind.CUSTOM);
    assertThat(one("openai", Asking.NOBODY).models())
        .extracting(ModelFacts::id)
        .contains("gpt-5", "gpt-4o");
  }

  @Test
  void asksAnEndpointOfOnesOwnAndOthersOnlyWhenTold() throws Exception {
    custom("mine");
    custom("openai");
    server.next(reply -> reply.json(200, "{\"data\":[{\"id\":\"own-model\"}]}"));
    ProviderListing mine = one("mine", Asking.THOSE_OF_ONES_OWN);
    assertThat(mine)
        .isEqualTo(
            new ProviderListing(
                "mine",
                "My endpoint",
                CredentialKind.CUSTOM,
                true,
                List.of(ModelFacts.unknown("own-model")),
                Source.LIVE,
                Optional.of(HandClock.START),
                Optional.empty(),
                true));
    assertThat(one("openai", Asking.NOBODY).source()).isEqualTo(Source.CATALOG);
    server.next(
        reply -> reply.json(200, "{\"data\":[{\"id\":\"gpt-5-2025-08-07\"},{\"id\":\"gpt-5\"}]}"));
    ProviderListing openai = one("openai", Asking.ALL);
    assertThat(openai.source()).isEqualTo(Source.MERGED);
    assertThat(openai.models())
        .extracting(ModelFacts::id)
        .containsExactly("gpt-5-2025-08-07", "gpt-5");
    assertThat(openai.models())
        .allSatisfy(model ->
            assertThat(model.prices().price())
                .contains(ModelPrice.of("1.25", "10").withCacheRead("0.125")));
  }

  @Test
  void asksOllamaInItsOwnWay() throws Exception {
    custom("ollama");
    server.next(reply -> reply.json(200, "{\"models\":[{\"name\":\"llama3.2:3b\"}]}"));
    ProviderListing ollama = one("ollama", Asking.THOSE_OF_ONES_OWN);
    assertThat(ollama.models())
        .extracting(model -> model.info("ollama/" + model.id()).price())
        .containsExactly(Optional.of(ModelPrice.FREE));
    assertThat(server.requests().getLast().line()).startsWith("GET /api/tags ");
  }

  @Test
  void showsTheCatalogueWhereAProviderCannotBeAsked() throws Exception {
    custom("groq");
    server.next(reply -> reply.json(403, "{\"error\":{\"message\":\"" + KEY + " is blocked\"}}"));
    ProviderListing groq = one("groq", Asking.ALL);
    assertThat(groq.source()).isEqualTo(Source.ERROR);
    assertThat(groq.error())
        .contains(
            "groq did not list its models: it answered 403: *** is blocked (check its credential)");
    assertThat(groq.models()).isNotEmpty();
    assertThat(groq.toString()).doesNotContain(KEY);
  }

  @Test
  void saysWhatIsWrongWithOneCredential() throws Exception {
    Files.writeString(
        folder.resolve("credentials.json"),
        "{\"$global\":{\"mine\":{\"type\":\"api\"},\"other\":{\"type\":\"custom\",\"data\":"
            + "{\"baseURL\":\"ftp://u:"
            + KEY
            + "@h\"}}}}");
    assertThat(one("mine", Asking.NOBODY).error().orElseThrow())
        .endsWith("$global.mine.key must be a string that is not empty");
    assertThat(one("other", Asking.THOSE_OF_ONES_OWN).error().orElseThrow())
        .isEqualTo(
            "the baseURL in the credential of the provider other is no http or https address");
  }

  @Test
  void failsAsAWholeWhenTheFileCannotBeRead() throws Exception {
    Files.writeString(folder.resolve("credentials.json"), "{\n" + KEY);
    Fault fault =
        catchThrowableOfType(
            Fault.class, () -> directory.list(CredentialStore.GLOBAL, Asking.NOBODY));
    assertThat(fault.message()).contains("credentials.json:2:").doesNotContain(KEY);
  }

  @Test
  void listsARegisteredProviderInEveryScope() throws Exception {
    Fault unknown = catchThrowableOfType(Fault.class, () -> directory.register("mine"));
    assertThat(unknown.code()).isEqualTo(FaultCode.NOT_FOUND);
    assertThat(unknown.message()).startsWith("Provider not found: mine. First store a credential");
    assertThat(catchThrowableOfType(Fault.class, () -> directory.unregister("mine")).code())
        .isEqualTo(FaultCode.NOT_FOUND);
    Files.writeString(
        folder.resolve("credentials.json"),
        "{\"review\":{\"mine\":{\"type\":\"custom\",\"data\":{\"baseURL\":\"http://h\"}}}}");
    directory.register("mine");
    ProviderListing mine = one("mine", Asking.NOBODY);
    assertThat(mine.custom()).isTrue();
    assertThat(mine.usable()).isFalse();
    directory.unregister("mine");
    directory.unregister("mine");
    directory.register("openai");
    assertThat(directory.list(CredentialStore.GLOBAL, Asking.NOBODY))
        .extracting(ProviderListing::id)
        .doesNotContain("mine");
    assertThat(directory.list("review", Asking.NOBODY))
        .filteredOn(ProviderListing::custom)
        .extracting(ProviderListing::id)
        .containsExactly("mine");
  }

  private ProviderListing one(String id, Asking asking) throws InterruptedException {
    return directory.list(CredentialStore.GLOBAL, asking).stream()
        .filter(listing -> listing.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private void custom(String provider) {
    credentials.set(
        provider,
        new Credential.Custom(
            Requests.json(
                "{'name':'My endpoint','baseURL':'"
                    + server.baseUrl()
                    + "','apiKey':'"
                    + KEY
                    + "'}")));
  }
}
