package com.commaagents.models.listing;

import com.commaagents.base.json.Json;
import com.commaagents.engine.model.ModelFacts;
import com.commaagents.engine.model.ModelFacts.Capabilities;
import com.commaagents.engine.model.ModelFacts.Dates;
import com.commaagents.engine.model.ModelFacts.Prices;
import com.commaagents.engine.model.ModelFacts.Tokens;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Reads lists of models. All say much the same under different names, so one reading takes them
/// all; what is not said stays unknown. Models that do not chat are left out.
///
/// Limit: at most [#MAX_MODELS].
///
/// Source: the API references of OpenAI, Anthropic, Google (Gemini API), Ollama, Mistral, Groq,
/// OpenRouter, Together and Cohere, each "List models".
final class ModelListReader {
  static final int MAX_MODELS = 5_000;

  // OpenAI's list does not say what a model is for.
  private static final Pattern NO_CHAT =
      Pattern.compile(
          "(text-embedding|whisper|tts|dall-e|gpt-image|sora|omni-moderation|babbage|davinci)\\b.*"
              + "|.*-(realtime|audio|transcribe|tts|embed|embedding|moderation)\\b.*");

  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T.*");
  private static final int DAY_LENGTH = 10;
  private static final int MILLION_DIGITS = 6;

  private ModelListReader() {}

  /// Empty when the document is no such list.
  static Optional<List<ModelFacts>> read(JsonNode document) {
    JsonNode list = document;
    if (document.isObject()) {
      list = document.path(document.has("data") ? "data" : "models");
    }
    if (!list.isArray()) {
      return Optional.empty();
    }
    List<ModelFacts> models = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (JsonNode item : list) {
      Optional<String> id = id(item);
      if (models.size() < MAX_MODELS && id.isPresent() && chats(item) && seen.add(id.get())) {
        models.add(facts(id.get(), item));
      }
    }
    return Optional.of(models);
  }

  // Google's names begin with `models/`; Ollama and Cohere know no id.
  private static Optional<String> id(JsonNode item) {
    return Json.text(item, "id")
        .or(() -> Json.text(item, "model"))
        .or(() -> Json.text(item, "name"))
        .map(id -> id.startsWith("models/") ? id.substring("models/".length()) : id)
        .filter(id -> !id.isBlank());
  }

  private static boolean chats(JsonNode item) {
    boolean named = !NO_CHAT.matcher(id(item).orElse("")).matches();
    return named
        && allows(item.path("supportedGenerationMethods"), "generateContent")
        && allows(item.path("endpoints"), "chat")
        && item.at("/capabilities/completion_chat").asBoolean(true)
        && Set.of("", "chat", "language", "code", "model", "llm", "vlm")
            .contains(Json.text(item, "type").orElse(""));
  }

  private static boolean allows(JsonNode list, String wanted) {
    return !list.isArray() || contains(list, wanted).orElse(false);
  }

  private static ModelFacts facts(String id, JsonNode item) {
    JsonNode limits = item.at("/capabilities/limits");
    ModelFacts unknown = ModelFacts.unknown(id);
    return new ModelFacts(
        id,
        Json.text(item, "display_name")
            .or(() -> Json.text(item, "displayName"))
            .or(() -> Json.text(item, "name").filter(name -> !name.endsWith(id))),
        Json.text(item.path("details"), "family"),
        new Tokens(
            first(
                count(item, "context_length"),
                count(item, "context_window"),
                count(item, "max_context_length"),
                count(item, "inputTokenLimit"),
                count(limits, "max_context_window_tokens")),
            count(limits, "max_prompt_tokens"),
            first(
                count(item, "max_completion_tokens"),
                count(item, "outputTokenLimit"),
                count(item.path("top_provider"), "max_completion_tokens"),
                count(limits, "max_output_tokens"))),
        new Dates(
            Optional.empty(),
            Json.text(item, "created_at")
                .filter(text -> DAY.matcher(text).matches())
                .map(text -> text.substring(0, DAY_LENGTH)),
            Optional.empty()),
        Optional.empty(),
        unknown.modalities(),
        capabilities(item),
        prices(item.path("pricing")));
  }

  private static Capabilities capabilities(JsonNode item) {
    JsonNode says = item.path("capabilities");
    JsonNode supports = says.path("supports");
    JsonNode parameters = item.path("supported_parameters");
    return new Capabilities(
        flag(says, "function_calling")
            .or(() -> flag(supports, "tool_calls"))
            .or(() -> contains(parameters, "tools")),
        flag(item, "thinking").or(() -> contains(parameters, "reasoning")),
        flag(says, "vision")
            .or(() -> flag(supports, "vision"))
            .or(() -> contains(item.at("/architecture/input_modalities"), "image")),
        Optional.empty(),
        flag(supports, "structured_outputs").or(() -> contains(parameters, "structured_outputs")));
  }

  // OpenRouter: dollars for one token, as text; a negative one means that it depends.
  private static Prices prices(JsonNode pricing) {
    return new Prices(
        price(pricing, "prompt"),
        price(pricing, "completion"),
        Optional.empty(),
        price(pricing, "input_cache_read"),
        price(pricing, "input_cache_write"),
        Optional.empty());
  }

  private static Optional<BigDecimal> price(JsonNode pricing, String field) {
    return Json.text(pricing, field)
        .filter(text -> text.matches("\\d{1,9}(\\.\\d{1,18})?([eE]-\\d{1,2})?"))
        .map(text -> new BigDecimal(text).movePointRight(MILLION_DIGITS).stripTrailingZeros());
  }

  private static OptionalLong count(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isIntegralNumber() && value.canConvertToLong() && value.longValue() > 0
        ? OptionalLong.of(value.longValue())
        : OptionalLong.empty();
  }

  private static OptionalLong first(OptionalLong... values) {
    for (OptionalLong value : values) {
      if (value.isPresent()) {
        return value;
      }
    }
    return OptionalLong.empty();
  }

  private static Optional<Boolean> flag(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isBoolean() ? Optional.of(value.booleanValue()) : Optional.empty();
  }

  /// Whether a list holds a text; empty when it is no list.
  private static Optional<Boolean> contains(JsonNode list, String wanted) {
    if (!list.isArray()) {
      return Optional.empty();
    }
    for (JsonNode item : list) {
      if (item.isString() && item.stringValue().equals(wanted)) {
        return Optional.of(true);
      }
    }
    return Optional.of(false);
  }
}
