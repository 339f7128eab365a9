package com.commaagents.cli.run;

import com.commaagents.base.json.Json;
import com.commaagents.cli.config.Place;
import com.commaagents.models.ProviderModels;
import com.commaagents.models.cloud.CloudFiles;
import com.commaagents.models.credentials.CredentialSource.Found;
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
    return ProviderModels.credentialVariables(provider).stream()
            .anyMatch(name -> place.variable(name).isPresent())
        || inFile(provider, strategyName)
        || new CloudFiles(place.home(), place::variable).of(provider) instanceof Found.Here;
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
    List<String> variables = ProviderModels.credentialVariables(provider);
    return "No API key for "
        + provider
        + (variables.isEmpty() ? "" : " (set " + variables.getFirst() + ")");
  }
}
