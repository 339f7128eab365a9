package com.commaagents.models.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.engine.model.ModelFacts;
import com.commaagents.engine.model.ModelFacts.Capabilities;
import com.commaagents.engine.model.ModelFacts.Dates;
import com.commaagents.engine.model.ModelFacts.Modalities;
import com.commaagents.engine.model.ModelFacts.Modality;
import com.commaagents.engine.model.ModelFacts.Prices;
import com.commaagents.engine.model.ModelFacts.Status;
import com.commaagents.engine.model.ModelFacts.Tokens;
import com.commaagents.engine.model.ModelPrice;
import com.commaagents.strategy.source.SourceReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CataloguesTest {
  private final Path file;
  private final Catalogues catalogues;
  private int written;

  CataloguesTest(@TempDir Path folder) {
    file = folder.resolve("models.json");
    catalogues = Catalogues.with(file);
  }

  @Test
  void knowsPricesOfModelsAndTheirReleasesOnly() {
    Optional<ModelPrice> sonnet =
        Optional.of(ModelPrice.of("3", "15").withCacheRead("0.3").withCacheWrite("3.75"));
    for (String name :
        List.of("claude-sonnet-4-5", "claude-sonnet-4-5-20250929", "claude-sonnet-4-0")) {
      assertThat(price("anthropic", name)).as(name).isEqualTo(sonnet);
    }
    assertThat(price("openai", "gpt-5-2025-08-07"))
        .contains(ModelPrice.of("1.25", "10").withCacheRead("0.125"));
    assertThat(price("openai", "gpt-4o-2024-05-13")).contains(ModelPrice.of("5", "15"));
    for (String alike : List.of("gpt-5-pro", "gpt-5.9", "claude-sonnet-4-5", "")) {
      assertThat(price("openai", alike)).as(alike).isEmpty();
    }
    assertThat(price("anthropic", "claude-opus-9")).isEmpty();
    assertThat(price("google", "gemini-2.5-pro"))
        .contains(
            ModelPrice.of("1.25", "10")
                .withCacheRead("0.125")
                .withLongInput(200_000, ModelPrice.of("2.5", "15").withCacheRead("0.25")));
  }

  @Test
  void knowsWhoIsPaidByNobody() {
    for (String provider : List.of("ollama", "lmstudio", "scripted")) {
      assertThat(price(provider, "whatever:7b")).contains(ModelPrice.FREE);
    }
    for (String provider : List.of("openrouter", "openai-compatible", "azure", "perplexity")) {
      assertThat(price(provider, "openai/gpt-5")).isEmpty();
    }
  }

  @Test
  void knowsTheLimitsOfAFamily() {
    assertThat(window("anthropic", "claude-opus-9")).hasValue(200_000);
    assertThat(window("openai", "gpt-4-32k")).hasValue(8_192);
    assertThat(window("openai", "gpt-4.1-novel")).hasValue(1_047_576);
    assertThat(window("openrouter", "anthropic/claude-3.5-sonnet")).hasValue(200_000);
    assertThat(window("openrouter", "nobody/x")).isEmpty();
    assertThat(window("groq", "gpt-4o")).isEmpty();
  }

  @Test
  void listsAllThatIsKnownOfAModel() {
    assertThat(catalogues.current().listed("anthropic"))
        .contains(
            new ModelFacts(
                "claude-3-haiku-20240307",
                Optional.of("Claude Haiku 3"),
                Optional.of("claude-haiku"),
                new Tokens(OptionalLong.of(200_000), OptionalLong.empty(), OptionalLong.of(4_096)),
                new Dates(Optional.of("2023-08"), Optional.of("2024-03-07"), Optional.empty()),
                Optional.of(Status.DEPRECATED),
                new Modalities(List.of(Modality.TEXT, Modality.IMAGE), List.of(Modality.TEXT)),
                new Capabilities(
                    Optional.of(true),
                    Optional.of(false),
                    Optional.of(true),
                    Optional.of(true),
                    Optional.of(false)),
                new Prices(
                    Optional.of(new BigDecimal("0.25")),
                    Optional.of(new BigDecimal("1.25")),
                    Optional.empty(),
                    Optional.of(new BigDecimal("0.03")),
                    Optional.of(new BigDecimal("0.3")),
                    Optional.empty())));
    assertThat(catalogues.current().listed("nobody")).isEmpty();
    assertThat(catalogues.problems()).isEmpty();
  }

  @Test
  void namesTheProvidersThatOfferAModel() {
    assertThat(catalogues.current().offering("gpt-4o"))
        .containsExactly("azure", "github-copilot", "openai");
    assertThat(catalogues.current().offering("claude-opus-9")).containsExactly("anthropic");
    assertThat(catalogues.current().offering("novel")).isEmpty();
  }

  @Test
  void letsTheOwnersFileCorrectAndExtend() throws IOException {
    write(
        """
        // What we pay.
        {"providers": {
          "openai": {"models": {"gpt-5": {"cost": {"input": 1}, "aliases": ["ours"]}}},
          "azure": {"models": {"team-chat": {"contextWindow": 1000, "cost": {"input": 2, "output": 3}}}},
          "mine": {"free": true, "families": {"big-": {"contextWindow": 7}}, "models": {"small": {}}},
        }}
        """);
    assertThat(catalogues.problems()).isEmpty();
    assertThat(price("openai", "ours")).contains(ModelPrice.of("1", "10").withCacheRead("0.125"));
    assertThat(window("openai", "gpt-5")).hasValue(400_000);
    assertThat(price("azure", "team-chat")).contains(ModelPrice.of("2", "3"));
    assertThat(window("mine", "big-one")).hasValue(7);
    assertThat(price("mine", "small")).contains(ModelPrice.FREE);
    assertThat(catalogues.current().providers()).contains("mine", "openai");
    assertThat(catalogues.current().offering("small")).containsExactly("mine");
  }

  @Test
  void noticesThatTheFileChanged() throws IOException {
    assertThat(window("mine", "m")).isEmpty();
    write("{\"providers\": {\"mine\": {\"models\": {\"m\": {\"contextWindow\": 1}}}}}");
    assertThat(window("mine", "m")).hasValue(1);
    write("{\"providers\": {\"mine\": {\"models\": {\"m\": {\"contextWindow\": 2}}}}}");
    assertThat(window("mine", "m")).hasValue(2);
    Files.delete(file);
    assertThat(window("mine", "m")).isEmpty();
  }

  @Test
  void leavesOutWhatIsWrongAndSaysWhere() throws IOException {
    write(
        """
        {"provider": {},
         "providers": {"openai": {"models": {
          "gpt-5": {"contextWindow": "400k", "maxOutputTokens": 5, "windw": 1,
            "status": "old", "aliases": [1], "modalities": {"input": ["smell"]},
            "capabilities": {"tools": "yes"}, "cost": {"input": -1, "output": true}},
          "x": 5, "x": {}}}}}
        """);
    assertThat(catalogues.problems())
        .extracting(problem -> problem.substring(file.toString().length() + 1))
        .containsExactly(
            "1:2: provider: unknown field; did you mean \"providers\"?",
            "3:30: providers.openai.models.gpt-5.contextWindow: expected a whole number above 0",
            "3:60: providers.openai.models.gpt-5.windw: unknown field; there are aliases,"
                + " capabilities, contextWindow, cost, family, knowledgeCutoff, lastUpdated,"
                + " maxInputTokens, maxOutputTokens, modalities, name, releaseDate, status",
            "4:15: providers.openai.models.gpt-5.status: expected one of alpha, beta, deprecated",
            "4:33: providers.openai.models.gpt-5.aliases: expected a list of texts",
            "4:62: providers.openai.models.gpt-5.modalities.input: expected a list of some of"
                + " text, image, audio, video, pdf",
            "5:31: providers.openai.models.gpt-5.capabilities.tools: expected true or false",
            "5:57: providers.openai.models.gpt-5.cost.input: expected US dollars for a million"
                + " tokens, 0 or more",
            "5:71: providers.openai.models.gpt-5.cost.output: expected US dollars for a million"
                + " tokens, 0 or more",
            "6:8: providers.openai.models.x: expected an object",
            "6:11: providers.openai.models.x: is given twice");
    assertThat(catalogues.current().facts("openai", "gpt-5").tokens())
        .isEqualTo(
            new Tokens(OptionalLong.of(400_000), OptionalLong.of(272_000), OptionalLong.of(5)));
  }

  @Test
  void goesOnWithoutAFileThatCannotBeRead() throws IOException {
    write("{\"providers\": {\n  oops");
    assertThat(catalogues.problems()).hasSize(1).first().asString().startsWith(file + ":2:3: ");
    assertThat(window("openai", "gpt-4o")).hasValue(128_000);
    write("[]");
    assertThat(catalogues.problems()).containsExactly(file + ":1:1: the file: expected an object");
    write("{}" + " ".repeat(SourceReader.MAX_BYTES - 2));
    assertThat(catalogues.problems()).isEmpty();
    write("{}" + " ".repeat(SourceReader.MAX_BYTES - 1));
    assertThat(catalogues.problems())
        .containsExactly(file + " is larger than " + SourceReader.MAX_BYTES + " bytes");
    assertThat(window("openai", "gpt-4o")).hasValue(128_000);
  }

  @Test
  void tellsOnlySoManyProblems() throws IOException {
    for (int extra = 0; extra <= 1; extra++) {
      StringBuilder fields = new StringBuilder();
      for (int i = 0; i < FieldReader.MAX_PROBLEMS + extra; i++) {
        fields.append(i == 0 ? "" : ",").append("\"f").append(i).append("\": 1");
      }
      write("{" + fields + "}");
      assertThat(catalogues.problems()).hasSize(FieldReader.MAX_PROBLEMS);
    }
  }

  private Optional<ModelPrice> price(String provider, String model) {
    return catalogues.current().facts(provider, model).prices().price();
  }

  private OptionalLong window(String provider, String model) {
    return catalogues.current().facts(provider, model).tokens().contextWindow();
  }

  private void write(String content) throws IOException {
    Files.writeString(file, content);
    Files.setLastModifiedTime(
        file, FileTime.from(Instant.ofEpochSecond(2_000_000_000L + ++written)));
  }
}
