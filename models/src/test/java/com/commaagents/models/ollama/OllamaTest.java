package com.commaagents.models.ollama;

import static com.commaagents.models.testing.Requests.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.models.testing.Reading;
import com.commaagents.models.testing.Requests;
import com.commaagents.strategy.definition.AgentDefinition.ModelOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OllamaTest {
  @Test
  void tellsASchemaInWordsBesideTools() {
    ModelRequest request =
        new ModelRequest(
            "writer",
            Optional.of("You write."),
            List.of(Message.user("Who?")),
            List.of(Requests.readFile()),
            ModelOptions.NONE,
            Map.of(),
            Optional.of(json("{'type':'object'}")));
    JsonNode body = Reading.body(new OllamaFormat("qwen3:8b", () -> "id"), request);
    assertThat(body.has("format")).isFalse();
    assertThat(body.at("/messages/0/content").stringValue())
        .startsWith("You write.")
        .contains("{\"type\":\"object\"}");
  }
}
