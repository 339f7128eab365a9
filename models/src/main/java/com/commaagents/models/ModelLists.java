package com.commaagents.models;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.models.credentials.Credential;
import com.commaagents.models.http.Secrets;
import com.commaagents.models.listing.ModelList;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Where each provider's list of models is and what opens it.
///
/// Source: the providers' API references, "List models".
final class ModelLists {
  // Whose list is none of what can be called, or cannot be had with the key of a call.
  private static final Set<String> UNLISTED =
      Set.of("azure", "bedrock", "github-copilot", "google-vertex", "perplexity");

  private ModelLists() {}

  /// Empty where a provider has no such list, or nobody knows where it is.
  ///
  /// @throws Fault `INVALID_INPUT` when the credential's `baseURL` is no address
  static Optional<ModelList> of(
      String providerId, Optional<Provider> builtIn, Optional<Credential> credential) {
    Optional<String> own =
        credential.flatMap(found ->
            found instanceof Credential.Custom custom ? custom.baseUrl() : Optional.empty());
    Optional<String> base =
        own.or(() -> address(providerId)).or(() -> builtIn.flatMap(Provider::baseUrl));
    if (UNLISTED.contains(providerId) || base.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    List<String> secrets = new ArrayList<>();
    credential.ifPresent(found -> addKey(providerId, found, headers, secrets));
    URI url = url(providerId, base.get().strip().replaceAll("/+$", ""));
    return Optional.of(new ModelList(providerId, url, headers, new Secrets(secrets)));
  }

  // Where the list is beside another version of the interface than that of the calls.
  private static Optional<String> address(String providerId) {
    return switch (providerId) {
      case "google" -> Optional.of("https://generativelanguage.googleapis.com/v1beta");
      case "cohere" -> Optional.of("https://api.cohere.com/v1");
      default -> Optional.empty();
    };
  }

  private static void addKey(
      String providerId, Credential credential, Map<String, String> headers, List<String> secrets) {
    switch (credential) {
      case Credential.ApiKey(var key) -> addToken(providerId, key, headers, secrets);
      case Credential.OAuth oauth -> {
        headers.put("authorization", "Bearer " + oauth.accessToken());
        secrets.add(oauth.accessToken());
      }
      case Credential.Custom custom -> {
        custom.apiKey().ifPresent(key -> addToken(providerId, key, headers, secrets));
        headers.putAll(custom.headers());
        secrets.addAll(custom.headers().values());
      }
    }
    if (providerId.equals("anthropic")) {
      headers.put("anthropic-version", "2023-06-01");
    }
  }

  private static void addToken(
      String providerId, String key, Map<String, String> headers, List<String> secrets) {
    secrets.add(key);
    switch (providerId) {
      case "anthropic" -> headers.put("x-api-key", key);
      case "google" -> headers.put("x-goog-api-key", key);
      default -> headers.put("authorization", "Bearer " + key);
    }
  }

  private static URI url(String providerId, String base) {
    String address =
        switch (providerId) {
          case "ollama" -> base.replaceFirst("/v1$", "") + "/api/tags";
          case "anthropic" -> base + "/models?limit=1000";
          case "google" -> base + "/models?pageSize=1000";
          case "cohere" -> base + "/models?page_size=1000&endpoint=chat";
          default -> base + "/models";
        };
    try {
      URI url = new URI(address);
      boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (isHttp && url.getHost() != null) {
        return url;
      }
    } catch (URISyntaxException notAnAddress) {
      // Told below without the address: it may hold a password.
    }
    throw new Fault(
        FaultCode.INVALID_INPUT,
        "the baseURL in the credential of the provider "
            + providerId
            + " is no http or https address");
  }
}
