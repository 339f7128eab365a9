package com.commaagents.server.handler;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.json.Json;
import com.commaagents.protocol.codec.DaemonMessageEncoder;
import com.commaagents.protocol.message.ClientMessage;
import com.commaagents.protocol.message.DaemonMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class ProviderRequestsTest {
  private static final Optional<String> NONE = Optional.empty();
  private static final Optional<String> ID = Optional.of("r");

  private static final String SHARED =
      """
      "id":"shared","name":"Shared","family":"s","contextWindow":100,"maxInputTokens":80,
      "maxOutputTokens":20,"knowledgeCutoff":"2025-01","releaseDate":"2025-02-03",
      "lastUpdated":"2025-04","status":"beta",
      "modalities":{"input":["text","pdf"],"output":["text"]},
      "capabilities":{"tools":true,"reasoning":false,"vision":true,"attachment":true,"structuredOutput":false},
      "cost":{"input":0.25,"output":2,"reasoning":10,"cacheRead":0.025,"cacheWrite":1}\
      """;

  private final HandlerFixture fixture;
  private final HandlerFixture.Client client;

  ProviderRequestsTest(@TempDir Path folder) {
    fixture = new HandlerFixture(folder);
    client = fixture.connect();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void listsProvidersWithTheirModels() throws InterruptedException {
    for (Optional<Boolean> live : List.of(Optional.<Boolean>empty(), Optional.of(true))) {
      JsonNode list = ask(new ClientMessage.ListProviders(NONE, live, ID));
      assertThat(list.path("type").asString()).isEqualTo("provider_list");
      assertThat(list.path("providers"))
          .isEqualTo(
              json(
                  """
                  [{"id":"alpha","name":"Alpha","credentialType":"api","authStatus":"none",
                    "models":[{"id":"shared","name":"Another"},{"id":"Zed"}],
                    "modelsSource":"error","error":"nobody there","isCustom":true},
                   {"id":"beta","name":"Beta","credentialType":"none","authStatus":"configured",
                    "models":[{%s}],"modelsSource":"merged",
                    "fetchedAt":"2026-11-22T06:36:14.918Z","isCustom":false}]
                  """
                      .formatted(SHARED)));
      assertThat(fixture.providers.askedLive).isEqualTo(live);
    }
  }

  @Test
  void tellsOfEachModelOnceWhoOffersIt() throws InterruptedException {
    JsonNode both = ask(new ClientMessage.GetAvailableModels(NONE, NONE, ID));
    assertThat(both.path("type").asString()).isEqualTo("available_models");
    assertThat(both.path("models"))
        .isEqualTo(
            json(
                """
                [{"id":"Zed","hasCredentials":false,"providers":["alpha"],"configuredProviders":[]},
                 {%s,"hasCredentials":true,"providers":["alpha","beta"],"configuredProviders":["beta"]}]
                """
                    .formatted(SHARED)));
    JsonNode some = ask(new ClientMessage.GetAvailableModels(Optional.of("zE"), NONE, ID));
    assertThat(some.path("models").size()).isEqualTo(1);
    assertThat(some.at("/models/0/id").asString()).isEqualTo("Zed");
    JsonNode none = ask(new ClientMessage.GetAvailableModels(Optional.of("x"), NONE, ID));
    assertThat(none.path("models").isEmpty()).isTrue();
  }

  @Test
  void registersAProviderAndTakesThatBackAnyNumberOfTimes() throws InterruptedException {
    for (int i = 0; i < 2; i++) {
      assertThat(client.ask(new ClientMessage.RegisterProvider("mine", ID)))
          .contains(new DaemonMessage.ProviderRegistered(HandlerFixture.header(), "mine"));
      assertThat(fixture.providers.registered).containsExactly("mine");
    }
    for (int i = 0; i < 2; i++) {
      assertThat(client.ask(new ClientMessage.UnregisterProvider("mine", ID)))
          .contains(new DaemonMessage.ProviderUnregistered(HandlerFixture.header(), "mine"));
      assertThat(fixture.providers.registered).isEmpty();
    }
  }

  private JsonNode ask(ClientMessage request) throws InterruptedException {
    DaemonMessage answer = client.ask(request).orElseThrow();
    return json(new String(DaemonMessageEncoder.encode(answer), StandardCharsets.UTF_8));
  }

  private static JsonNode json(String text) {
    return Json.parse(text).orElseThrow();
  }
}
