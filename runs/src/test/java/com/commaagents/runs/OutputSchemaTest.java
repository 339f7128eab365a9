package com.commaagents.runs;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.id.ClientId;
import com.commaagents.runs.fakes.FakeModels;
import com.commaagents.runs.fakes.FakeTools;
import com.commaagents.runs.store.MemoryRunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An `outputSchema` that is none would fail each call after two answers that were paid for.
final class OutputSchemaTest {
  @TempDir Path folder;

  @Test
  void refusesOneThatIsNoSchemaWhenTheStrategyIsLoaded() {
    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> prepare("{ type: objct, properties: { a: { minLength: -1 } } }"))
        .withMessageContaining("s.yaml:6:27: agents.a.outputSchema.type: no JSON Schema: ")
        .withMessageContaining("agents.a.outputSchema.properties.a.minLength: no JSON Schema: ");
    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> prepare("{ $ref: 'https://example.invalid/x' }"))
        .withMessageContaining("agents.a.outputSchema: no JSON Schema: it cannot be used: ");
  }

  @Test
  void takesASchema() {
    assertThatCode(() -> prepare("{ type: object, properties: { a: { type: string } } }"))
        .doesNotThrowAnyException();
  }

  private void prepare(String outputSchema) throws IOException, InterruptedException {
    Path file =
        Files.writeString(
            folder.resolve("s.yaml"),
            """
            name: s
            version: "1"
            agents:
              a:
                model: fake/x
                outputSchema: %s
            flow:
              name: main
              type: sequential
              steps: [{ agent: a }]
            """
                .formatted(outputSchema));
    try (RunSystem runs =
        RunSystem.open(
            RunSystemOptions.of(new MemoryRunStore(), new FakeModels(), new FakeTools()))) {
      runs.prepareRun(new ClientId("me"), PrepareRunOptions.of(file));
    }
  }
}
