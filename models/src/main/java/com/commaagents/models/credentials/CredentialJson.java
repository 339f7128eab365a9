package com.commaagents.models.credentials;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.json.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One entry of the file: `{type: api, key}`, `{type: oauth, accessToken, expiresAt?,
/// refreshToken?, tokenUrl?, clientId?, clientSecret?}` or `{type: custom, data}`.
final class CredentialJson {
  // Milliseconds since 1970 passed this in 1973, seconds will in the year 5138.
  private static final long LEAST_MILLISECONDS = 100_000_000_000L;

  private CredentialJson() {}

  /// @param place the file and the entry, for messages
  static Credential read(JsonNode entry, String place) {
    return switch (Json.text(entry, "type").orElse("")) {
      case "api" -> new Credential.ApiKey(required(entry, "key", place));
      case "oauth" ->
          new Credential.OAuth(required(entry, "accessToken", place), expiry(entry, place));
      case "custom" -> {
        if (!entry.path("data").isObject()) {
          throw malformed(place + ".data must be an object with baseURL and apiKey");
        }
        yield new Credential.Custom(entry.path("data"));
      }
      default -> throw malformed(place + ".type must be api, oauth or custom");
    };
  }

  /// What an entry of type `oauth` says of its renewal.
  static Grant grant(String scope, String providerId, Credential.OAuth token, JsonNode entry) {
    return new Grant(
        scope,
        providerId,
        token.accessToken(),
        token.expiresAt(),
        optional(entry, "refreshToken"),
        optional(entry, "tokenUrl"),
        optional(entry, "clientId"),
        optional(entry, "clientSecret"));
  }

  private static Optional<String> optional(JsonNode entry, String field) {
    return Json.text(entry, field).map(String::strip).filter(text -> !text.isEmpty());
  }

  static ObjectNode write(Credential credential) {
    return switch (credential) {
      case Credential.ApiKey(var key) -> Json.object().put("type", "api").put("key", key);
      case Credential.OAuth(var token, var expiresAt) -> {
        ObjectNode entry = Json.object().put("type", "oauth").put("accessToken", token);
        expiresAt.ifPresent(instant -> entry.put("expiresAt", instant.toEpochMilli()));
        yield entry;
      }
      case Credential.Custom(var data) -> {
        ObjectNode entry = Json.object().put("type", "custom");
        entry.set("data", data);
        yield entry;
      }
    };
  }

  private static String required(JsonNode entry, String field, String place) {
    return Json.text(entry, field)
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .orElseThrow(() -> malformed(place + "." + field + " must be a string that is not empty"));
  }

  // A time in ISO 8601, or since 1970 in seconds or milliseconds.
  private static Optional<Instant> expiry(JsonNode entry, String place) {
    JsonNode value = entry.path("expiresAt");
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (value.isNumber()) {
      long number = value.asLong(0);
      return Optional.of(
          number >= LEAST_MILLISECONDS
              ? Instant.ofEpochMilli(number)
              : Instant.ofEpochSecond(number));
    }
    try {
      return Optional.of(Instant.parse(value.asString("")));
    } catch (DateTimeException notATime) {
      throw malformed(place + ".expiresAt must be a number of milliseconds since 1970 or a time");
    }
  }

  private static Fault malformed(String message) {
    return new Fault(FaultCode.INVALID_INPUT, message);
  }
}
