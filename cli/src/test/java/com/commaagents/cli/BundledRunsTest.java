package com.commaagents.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.time.Clock;
import com.commaagents.engine.tool.ToolSession.Verdict;
import com.commaagents.models.ProviderModels;
import com.commaagents.models.credentials.CredentialStore;
import com.commaagents.runs.PrepareRunOptions;
import com.commaagents.runs.RunSystem;
import com.commaagents.runs.RunSystemOptions;
import com.commaagents.runs.lifecycle.RunStatus;
import com.commaagents.runs.live.RunOutcome;
import com.commaagents.runs.store.MemoryRunStore;
import com.commaagents.strategy.discovery.BundledStrategies;
import com.commaagents.tools.BuiltInTools;
import com.commaagents.tools.ToolSettings;
import com.commaagents.tools.trash.Trash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The strategies that come with the program, played by their scripts, with the real tools.
final class BundledRunsTest {
  private static final ClientId ME = new ClientId("me");

  private final Path data;
  private final Path work;
  private final ProviderModels models;
  private final RunSystem runs;

  BundledRunsTest(@TempDir Path folder) throws IOException {
    data = folder.resolve("data");
    work = Files.createDirectories(folder.resolve("work").toAbsolutePath());
    BundledStrategies.layInto(data);
    Clock clock = Clock.system();
    IdGenerator ids = IdGenerator.random();
    models =
        new ProviderModels(
            new CredentialStore(data.resolve("credentials.json"), _ -> Optional.empty()),
            clock,
            ids);
    BuiltInTools tools =
        new BuiltInTools(
            new ToolSettings(Map.of(), Set.of(), folder, Verdict.ALLOW),
            clock,
            ids,
            new Trash(clock, ids, Optional.empty()),
            List.of());
    runs =
        RunSystem.open(
            RunSystemOptions.of(new MemoryRunStore(), models, tools).withDataFolder(data));
  }

  @AfterEach
  void shutDown() throws InterruptedException {
    runs.shutdown();
    models.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plan | # Plan",
        "build | Made comma-hello.txt",
        "review | # Review",
      })
  void comesToItsResult(String strategy, String result) throws InterruptedException {
    start(strategy);

    assertThat(end(strategy).result().orElseThrow().text()).startsWith(result);
  }

  @Test
  void buildsSomething() throws InterruptedException {
    start("build");
    end("build");

    assertThat(work.resolve("comma-hello.txt")).hasContent("Hello from the scripted builder.\n");
  }

  @Test
  void talksUntilSomebodySaysBye() throws InterruptedException {
    start("chat");
    answer("and now?");
    answer("Bye");

    assertThat(end("chat").result().orElseThrow().text()).isEqualTo("And now you said: and now?");
  }

  private void start(String strategy) throws InterruptedException {
    runs.prepareRun(
        ME,
        new PrepareRunOptions(
            Optional.of(strategy),
            Optional.of(BundledStrategies.in(data).resolve(strategy + ".yaml").toString()),
            Optional.of("scripted/default"),
            Optional.of(work.toString()),
            Optional.empty()));
    runs.startRun(ME, strategy, Optional.of("hello"), Optional.empty());
  }

  private void answer(String text) {
    Awaitility.await().until(() -> runs.actions().resolveInput(ME, "chat", "you", text));
  }

  private RunOutcome end(String run) throws InterruptedException {
    RunOutcome outcome = runs.await(run).orElseThrow();
    assertThat(outcome.end().status()).isEqualTo(RunStatus.COMPLETED);
    return outcome;
  }
}
