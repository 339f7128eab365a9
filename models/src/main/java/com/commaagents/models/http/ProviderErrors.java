package com.commaagents.models.http;

import com.commaagents.base.json.Json;
import com.commaagents.base.time.Clock;
import com.commaagents.engine.model.ModelFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// One provider's failures in words: who failed, with which status, and what it said; never a key.
///
/// Thread-safe.
public final class ProviderErrors {
  /// Of what a provider says; the rest is cut.
  private static final int MAX_MESSAGE_CHARACTERS = 2_000;

  private static final Pattern BLANKS = Pattern.compile("\\s+");

  // What a later try of the same request cannot mend, as OpenAI and Anthropic name it.
  private static final Set<String> FINAL_TYPES =
      Set.of(
          "invalid_request_error",
          "authentication_error",
          "permission_error",
          "billing_error",
          "not_found_error",
          "request_too_large",
          "insufficient_quota",
          "context_length_exceeded",
          "content_filter",
          "invalid_prompt");

  private final String provider;
  private final URI url;
  private final Supplier<Secrets> secrets;
  private final Clock clock;

  public ProviderErrors(String provider, URI url, Supplier<Secrets> secrets, Clock clock) {
    this.provider = provider;
    this.url = url;
    this.secrets = secrets;
    this.clock = clock;
  }

  /// An error object within a stream, which began with status 200.
  public ModelFailure midStream(JsonNode error) {
    OptionalInt status = Json.integer(error, "code");
    if (isStatus(status)) {
      return midStream(status, isRetryable(status.getAsInt()), error);
    }
    return midStream(OptionalInt.empty(), !isFinal(error), error);
  }

  /// As [#midStream(JsonNode)], where the provider's own name for the error stands for a status.
  public ModelFailure midStream(int status, JsonNode error) {
    return midStream(OptionalInt.of(status), isRetryable(status), error);
  }

  /// An answer that ended without being one, in the provider's own words or ours.
  public ModelFailure gaveUp(String what) {
    return new ModelFailure(
        provider + " broke its answer off with an error: " + shown(what),
        OptionalInt.empty(),
        true,
        Optional.empty());
  }

  /// An answer that is none: what it is instead, in our own words.
  public ModelFailure unusable(String what) {
    return new ModelFailure(
        provider + " sent an answer that cannot be used: " + shown(what),
        OptionalInt.empty(),
        false,
        Optional.empty());
  }

  /// An answer with another status than was hoped for.
  public ModelFailure refused(HttpAnswer answer) throws InterruptedException {
    int status = answer.status();
    String body = answer.text();
    String hint =
        switch (status) {
          case 401, 403 -> " (check the credential of " + provider + ")";
          case 404 -> " (check the model's name and the address " + address() + ")";
          default -> "";
        };
    return new ModelFailure(
        provider + " answered " + status + ": " + said(body) + hint,
        OptionalInt.of(status),
        isRetryable(status) && !isFinal(Json.parse(body).orElse(Json.object()).path("error")),
        RetryAfter.of(answer, clock).or(() -> RetryAfter.of(Json.parse(body))));
  }

  // Some tell an error so although they answered with 200.
  ModelFailure noStream(HttpAnswer answer) throws InterruptedException {
    String body = answer.text();
    JsonNode error = Json.parse(body).orElse(Json.object()).path("error");
    return error.isObject()
        ? midStream(error)
        : unusable(
            "it is no event stream but " + answer.header("content-type") + ": " + said(body));
  }

  /// A connection that could not be made, or broke.
  public ModelFailure broken(IOException cause) {
    String told =
        cause instanceof BrokenAnswerException
            ? provider + " broke its answer off: " + shown(String.valueOf(cause.getMessage()))
            : provider + " could not be reached: " + reason(cause);
    return new ModelFailure(told, OptionalInt.empty(), true, Optional.empty());
  }

  ModelFailure unfinished() {
    return new ModelFailure(
        provider + " ended its answer before it finished",
        OptionalInt.empty(),
        true,
        Optional.empty());
  }

  private ModelFailure midStream(OptionalInt status, boolean retryable, JsonNode error) {
    return new ModelFailure(
        provider + " broke its answer off with an error: " + said(error),
        status,
        retryable,
        Optional.empty());
  }

  private static boolean isRetryable(int status) {
    return status == 408 || status == 409 || status == 429 || status >= 500;
  }

  private static boolean isFinal(JsonNode error) {
    return Json.text(error, "type").filter(FINAL_TYPES::contains).isPresent()
        || Json.text(error, "code").filter(FINAL_TYPES::contains).isPresent();
  }

  private static boolean isStatus(OptionalInt code) {
    return code.isPresent() && code.getAsInt() >= 400 && code.getAsInt() <= 599;
  }

  private String said(String body) {
    Optional<JsonNode> json = Json.parse(body);
    if (json.isPresent()) {
      return said(json.get());
    }
    return body.isBlank() ? "no message" : shown(body);
  }

  // OpenAI: {error: {message}}; Anthropic: {type: error, error: {message}}; others {error: "…"},
  // {message: "…"} or {detail: "…"}; Google puts its object into an array.
  private String said(JsonNode json) {
    if (json.isArray() && json.size() == 1) {
      return said(json.path(0));
    }
    if (json.isString()) {
      return shown(json.stringValue());
    }
    JsonNode error = json.path("error");
    for (JsonNode place : new JsonNode[] {error, json}) {
      for (String field : new String[] {"message", "Message", "detail"}) {
        Optional<String> text = Json.text(place, field).filter(found -> !found.isBlank());
        if (text.isPresent()) {
          return shown(text.get());
        }
      }
    }
    return shown(error.isString() ? error.stringValue() : Json.write(json));
  }

  private String shown(String text) {
    String masked = secrets.get().mask(BLANKS.matcher(text.strip()).replaceAll(" "));
    return masked.length() <= MAX_MESSAGE_CHARACTERS
        ? masked
        : masked.substring(0, MAX_MESSAGE_CHARACTERS) + "…";
  }

  private String reason(IOException cause) {
    if (cause instanceof HttpTimeoutException) {
      return "nothing came from " + address() + " in time";
    }
    if (cause instanceof ConnectException) {
      return cause.getCause() instanceof UnresolvedAddressException
          ? "the host of " + address() + " is unknown"
          : "there is no connection to " + address();
    }
    String message = cause.getMessage();
    return "the connection to "
        + address()
        + " failed"
        + (message == null ? "" : ": " + shown(message));
  }

  private String address() {
    return HttpConnections.shown(url);
  }
}
