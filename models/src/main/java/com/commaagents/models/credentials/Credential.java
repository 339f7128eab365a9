package com.commaagents.models.credentials;

import com.commaagents.base.json.Json;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// What a provider is shown to let us in. Its `toString` holds no value.
public sealed interface Credential {

  /// An API key.
  record ApiKey(String key) implements Credential {
    public ApiKey {
      if (key.isEmpty()) {
        throw new IllegalArgumentException("an API key is not empty");
      }
    }

    @Override
    public String toString() {
      return "ApiKey[***]";
    }
  }

  /// An access token somebody else obtained; [TokenRenewal] renews it where its entry says how.
  ///
  /// @param expiresAt empty where it is not known
  record OAuth(String accessToken, Optional<Instant> expiresAt) implements Credential {
    public OAuth {
      if (accessToken.isEmpty()) {
        throw new IllegalArgumentException("an access token is not empty");
      }
    }

    @Override
    public String toString() {
      return "OAuth[***]";
    }
  }

  /// Whatever an endpoint needs; all providers know `baseURL`, `apiKey`, `name` and `headers`; what
  /// else one of them knows is its own business.
  record Custom(JsonNode data) implements Credential {
    public Optional<String> baseUrl() {
      return Json.text(data, "baseURL")
          .or(() -> Json.text(data, "baseUrl"))
          .filter(text -> !text.isBlank());
    }

    public Optional<String> apiKey() {
      return text("apiKey");
    }

    /// Another field that holds a text, such as a region.
    public Optional<String> text(String field) {
      return Json.text(data, field).map(String::strip).filter(text -> !text.isEmpty());
    }

    /// The name people are shown.
    public Optional<String> name() {
      return Json.text(data, "name");
    }

    /// Additional headers of every request; values that are no strings are left out.
    public Map<String, String> headers() {
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      data.path("headers")
          .forEachEntry((name, value) -> {
            if (value.isString()) {
              headers.put(name, value.stringValue());
            }
          });
      return headers;
    }

    @Override
    public String toString() {
      return "Custom[***]";
    }
  }
}
