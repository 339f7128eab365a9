package com.commaagents.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.engine.model.ModelPrice;
import org.junit.jupiter.api.Test;

final class PriceListTest {
  @Test
  void knowsAModelAndItsDatedReleases() {
    ModelPrice sonnet = ModelPrice.of("3", "15").withCacheRead("0.3").withCacheWrite("3.75");
    assertThat(PriceList.find("anthropic", "claude-sonnet-4-5")).contains(sonnet);
    assertThat(PriceList.find("anthropic", "claude-sonnet-4-5-20250929")).contains(sonnet);
    assertThat(PriceList.find("openai", "gpt-5-2025-08-07"))
        .contains(ModelPrice.of("1.25", "10").withCacheRead("0.125"));
  }

  @Test
  void takesNoModelForAnotherThatIsNamedAlike() {
    assertThat(PriceList.find("openai", "gpt-5-pro")).isEmpty();
    assertThat(PriceList.find("openai", "gpt-5.9")).isEmpty();
    assertThat(PriceList.find("anthropic", "claude-opus-9")).isEmpty();
    assertThat(PriceList.find("openai", "claude-sonnet-4-5")).isEmpty();
  }

  @Test
  void takesNothingForWhatRunsAtHome() {
    assertThat(PriceList.find("ollama", "whatever:7b")).contains(ModelPrice.FREE);
    assertThat(PriceList.find("lmstudio", "openai/gpt-oss-20b")).contains(ModelPrice.FREE);
    assertThat(PriceList.find("scripted", "default")).contains(ModelPrice.FREE);
  }

  @Test
  void doesNotKnowWhatOthersAskFor() {
    assertThat(PriceList.find("openrouter", "anthropic/claude-sonnet-4-5")).isEmpty();
    assertThat(PriceList.find("openai-compatible", "gpt-5")).isEmpty();
    assertThat(PriceList.find("perplexity", "sonar")).isEmpty();
  }
}
