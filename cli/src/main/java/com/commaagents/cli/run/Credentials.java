package com.commaagents.cli.run;

import com.commaagents.base.json.Json;
import com.commaagents.cli.config.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Which providers can be called from here, as far as this process can see: whether there is a
/// credential, never what it is. The daemon, which uses them, may see others.
final class Credentials {
  static final int MAX_BYTES = 1 << 20;

  private static final Map<String, List<String>> VARIABLES =
      Map.ofEntries(
          Map.entry("openai", List.of("OPENAI_API_KEY")),
          Map.entry("anthropic", List.of("ANTHROPIC_API_KEY")),
          Map.entry("google", List.of("GOOGLE_GENERATIVE_AI_API_KEY", "GOOGLE_API_KEY")),
          Map.entry("google-vertex", List.of("GOOGLE_VERTEX_API_KEY")),
          Map.entry("mistral", List.of("MISTRAL_API_KEY")),
          Map.entry("groq", List.of("GROQ_API_KEY")),
          Map.entry("deepseek", List.of("DEEPSEEK_API_KEY")),
          Map.entry("xai", List.of("XAI_API_KEY")),
          Map.entry("openrouter", List.of("OPENROUTER_API_KEY")),
          Map.entry("together", List.of("TOGETHER_AI_API_KEY", "TOGETHER_API_KEY")),
          Map.entry("fireworks", List.of("FIREWORKS_API_KEY")),
          Map.entry("cohere", List.of("COHERE_API_KEY")),
          Map.entry("perplexity", List.of("PERPLEXITY_API_KEY")),
          Map.entry("github-copilot", List.of("GITHUB_TOKEN")),
          Map.entry("bedrock", List.of("AWS_ACCESS_KEY_ID", "AWS_PROFILE")));

  /// Providers on this machine, which need no key but must listen.
  private static final Map<String, Integer> LOCAL_PORTS = Map.of("ollama", 11434, "lmstudio", 1234);

  /// Whether somebody listens on a port of this machine.
  @FunctionalInterface
  interface LocalPorts {
    boolean answers(int port);
  }

  private final Place place;
  private final LocalPorts ports;

  Credentials(Place place, LocalPorts ports) {
    this.place = place;
    this.ports = ports;
  }

  boolean reach(String provider, Optional<String> strategyName) {
    if (provider.equals("scripted")) {
      return true;
    }
    Integer port = LOCAL_PORTS.get(provider);
    if (port != null && ports.answers(port)) {
      return true;
    }
    return VARIABLES.getOrDefault(provider, List.of()).stream()
            .anyMatch(name -> place.variable(name).isPresent())
        || inFile(provider, strategyName);
  }

  private boolean inFile(String provider, Optional<String> strategyName) {
    Path file = place.dataDirectory().resolve("credentials.json");
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
        return false;
      }
      JsonNode scopes = Json.parse(Files.readAllBytes(file)).orElseGet(Json::object);
      return scopes.path("$global").has(provider)
          || strategyName.filter(name -> scopes.path(name).has(provider)).isPresent();
    } catch (IOException unreadable) {
      return false;
    }
  }

  /// What is missing and how to set it, as the start of a sentence.
  static String missing(String provider) {
    if (LOCAL_PORTS.containsKey(provider)) {
      return "No " + provider + " on localhost:" + LOCAL_PORTS.get(provider);
    }
    List<String> variables = VARIABLES.getOrDefault(provider, List.of());
    return "No API key for "
        + provider
        + (variables.isEmpty() ? "" : " (set " + variables.getFirst() + ")");
  }
}
