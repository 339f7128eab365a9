package com.commaagents.models.listing;

import com.commaagents.base.json.Json;
import com.commaagents.base.time.Clock;
import com.commaagents.engine.model.ModelFacts;
import com.commaagents.models.rest.JsonHttp;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Asks providers for their models and holds each answer for a while. Thread-safe.
///
/// Limits: an answer, also that somebody could not be asked, is held for [#HELD]; at most
/// [#MAX_HELD] are, then the oldest goes. Of what a provider says of a failure at most
/// [#MAX_MESSAGE] characters are told.
public final class LiveModels {
  static final Duration HELD = Duration.ofSeconds(30);
  static final int MAX_HELD = 100;
  static final int MAX_MESSAGE = 300;

  private final JsonHttp http;
  private final Clock clock;
  private final Object lock = new Object();
  private final Map<Question, Answer> held = new LinkedHashMap<>();

  // Whoever has another key may be told of other models.
  private record Question(String providerId, String url, Map<String, String> headers) {}

  /// What a provider said.
  public sealed interface Answer {
    Instant at();

    record Models(List<ModelFacts> models, Instant at) implements Answer {}

    record Failed(String reason, Instant at) implements Answer {}
  }

  public LiveModels(JsonHttp http, Clock clock) {
    this.http = http;
    this.clock = clock;
  }

  /// Asks, unless an answer is at hand.
  public Answer of(ModelList list) throws InterruptedException {
    Question question = new Question(list.providerId(), list.url().toString(), list.headers());
    Optional<Answer> known = known(question);
    if (known.isPresent()) {
      return known.get();
    }
    Answer answer = ask(list);
    synchronized (lock) {
      held.remove(question);
      held.put(question, answer);
      if (held.size() > MAX_HELD) {
        held.remove(held.keySet().iterator().next());
      }
    }
    return answer;
  }

  private Optional<Answer> known(Question question) {
    synchronized (lock) {
      return Optional.ofNullable(held.get(question))
          .filter(answer -> answer.at().plus(HELD).isAfter(clock.now()));
    }
  }

  private Answer ask(ModelList list) throws InterruptedException {
    try {
      JsonHttp.Answer answer = http.get(list.url(), list.headers());
      if (answer.status() != 200) {
        return failed(list, refusal(answer));
      }
      return answer
          .body()
          .flatMap(ModelListReader::read)
          .<Answer>map(models -> new Answer.Models(models, clock.now()))
          .orElseGet(() -> failed(list, "its answer is no list of models"));
    } catch (IOException unreachable) {
      return failed(list, String.valueOf(unreachable.getMessage()));
    }
  }

  private static String refusal(JsonHttp.Answer answer) {
    String advice =
        answer.status() == 401 || answer.status() == 403 ? " (check its credential)" : "";
    JsonNode body = answer.body().orElseGet(Json::object);
    Optional<String> said =
        Json.text(body.path("error"), "message")
            .or(() -> Json.text(body, "error"))
            .or(() -> Json.text(body, "message"));
    return "it answered " + answer.status() + said.map(text -> ": " + text).orElse("") + advice;
  }

  private Answer failed(ModelList list, String reason) {
    String told =
        list.secrets()
            .mask(list.providerId() + " did not list its models: " + reason)
            .replaceAll("\\s+", " ");
    return new Answer.Failed(
        told.length() <= MAX_MESSAGE ? told : told.substring(0, MAX_MESSAGE) + "…", clock.now());
  }
}
