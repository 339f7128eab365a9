package com.commaagents.examples.embedding;

import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.time.Clock;
import com.commaagents.engine.event.EngineEvent.StreamEvent;
import com.commaagents.engine.tool.ToolSession.Verdict;
import com.commaagents.models.ProviderModels;
import com.commaagents.models.credentials.CredentialStore;
import com.commaagents.runs.PrepareRunOptions;
import com.commaagents.runs.RunSystem;
import com.commaagents.runs.RunSystemOptions;
import com.commaagents.runs.hub.EventSink;
import com.commaagents.runs.live.RunOutcome;
import com.commaagents.runs.message.PublishedMessage;
import com.commaagents.runs.message.RunMessage;
import com.commaagents.runs.message.RunNotice;
import com.commaagents.runs.store.FileRunStore;
import com.commaagents.tools.BuiltInTools;
import com.commaagents.tools.ToolSettings;
import com.commaagents.tools.trash.Trash;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Runs a strategy inside this program and gives it a second prompt.
public final class EmbeddedRun {
  private static final Path STRATEGY = Path.of("examples/embedding/strategy/tea.yaml");
  private static final ClientId ME = new ClientId("embedded-run");

  private EmbeddedRun() {}

  /// @param arguments the folder where the runs are kept; none: a temporary one
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = arguments.length > 0 ? Path.of(arguments[0]) : Files.createTempDirectory("tea");
    run(STRATEGY.toAbsolutePath(), folder.toAbsolutePath(), System.out);
  }

  static void run(Path strategy, Path folder, PrintStream out) throws InterruptedException {
    try (ProviderModels models = models(folder);
        RunSystem runs =
            RunSystem.open(
                RunSystemOptions.of(FileRunStore.open(folder, "the tea house"), models, tools())
                    .withSink(new Printer(out)))) {
      String runId = runs.prepareRun(ME, PrepareRunOptions.of(strategy)).runId().value();
      runs.startRun(ME, runId, Optional.of("I am cold."), Optional.empty());
      Optional<RunOutcome> first = runs.await(runId);

      runs.prepareRun(ME, PrepareRunOptions.continuing(runId));
      runs.continueRun(ME, runId, "It is late, too.", Optional.empty());
      Optional<RunOutcome> second = runs.await(runId);

      out.println();
      first.ifPresent(outcome -> out.println("first: " + outcome.end().status().label()));
      second.ifPresent(outcome -> out.println("second: " + outcome.end().status().label()));
    }
  }

  /// Keys come from the environment, or from `credentials.json` in the folder.
  private static ProviderModels models(Path folder) {
    CredentialStore credentials =
        new CredentialStore(
            folder.resolve("credentials.json"), name -> Optional.ofNullable(System.getenv(name)));
    return new ProviderModels(credentials, Clock.system(), IdGenerator.random());
  }

  /// Commands that no policy decides are put to a person.
  private static BuiltInTools tools() {
    ToolSettings settings =
        new ToolSettings(
            System.getenv(),
            ProviderModels.credentialVariables(),
            Path.of(System.getProperty("user.home")),
            Verdict.ASK);
    Trash trash = new Trash(Clock.system(), IdGenerator.random());
    return new BuiltInTools(settings, Clock.system(), IdGenerator.random(), trash, List.of());
  }

  /// Prints what agents say as they say it. Called in order for each run; it must never wait.
  private record Printer(PrintStream out) implements EventSink {
    @Override
    public void broadcast(PublishedMessage published, Collection<ClientId> subscribers) {
      switch (published.message()) {
        case RunMessage.StepStarted started -> out.print("\n" + started.step().name() + ": ");
        case RunMessage.AgentStreaming(_, StreamEvent.Text(String text)) -> out.print(text);
        case RunMessage.StrategyFailed(var error, _) -> out.print("\n" + error.message());
        default -> {}
      }
    }

    /// Only clients that attach are sent anything of their own.
    @Override
    public void send(ClientId client, PublishedMessage message) {}

    @Override
    public void send(ClientId client, RunNotice notice) {}
  }
}
