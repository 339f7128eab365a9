package com.commaagents.runs.fakes;

import com.commaagents.engine.conversation.ContextUsage;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.model.Model;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.engine.model.ModelInfo;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.engine.model.ModelPrice;
import com.commaagents.engine.model.ModelRegistry;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.engine.model.ModelScope;
import com.commaagents.engine.model.ToolSpec;
import com.commaagents.engine.model.TurnEnd;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Models by name: `fake/echo` repeats the last message, `fake/hang` says "so far" and then nothing
/// until it is interrupted, `fake/slow` says 500 small pieces, `fake/fail` refuses, `fake/count`
/// says how many messages it was sent, `fake/chatter` repeats the last message word by word, many
/// times, `fake/forever` never ends, `fake/list` lists the strategies and `fake/launch` launches
/// the one its prompt says, as the arguments of the call, `fake/skills` and `fake/skill` do so with
/// skills; all of them then say what the tool said. `fake/system` says its system prompt.
/// `fake/mcp` calls the first tool of an MCP server.
public final class FakeModels implements ModelRegistry {
  private static final int CHATTER = 40;

  // Never opened: what waits for it a little speaks as slowly as a model does.
  private final CountDownLatch pace = new CountDownLatch(1);

  /// What every model costs.
  public volatile Optional<ModelPrice> price = Optional.empty();

  /// Opened when a hanging model has been interrupted.
  public final CountDownLatch interrupted = new CountDownLatch(1);

  @Override
  public Model model(String name, ModelScope scope) {
    return new FakeModel(name);
  }

  @Override
  public ModelInfo info(String name) {
    return new ModelInfo(name, OptionalLong.empty(), OptionalLong.empty(), price);
  }

  private final class FakeModel implements Model {
    private final String name;

    FakeModel(String name) {
      this.name = name;
    }

    @Override
    public ModelInfo info() {
      return FakeModels.this.info(name);
    }

    @Override
    public TurnEnd generate(ModelRequest request, PartListener listener)
        throws ModelFailure, InterruptedException {
      switch (name) {
        case "fake/echo" ->
            listener.part(new ModelPart.Text(request.messages().getLast().content().text() + "!"));
        case "fake/chatter" -> {
          String text = request.messages().getLast().content().text();
          for (int i = 0; i < CHATTER; i++) {
            listener.part(new ModelPart.Text(text));
          }
        }
        case "fake/forever" -> {
          while (true) {
            listener.part(new ModelPart.Text("on and on "));
            pace.await(1, TimeUnit.MILLISECONDS);
          }
        }
        case "fake/count" -> listener.part(new ModelPart.Text("seen " + request.messages().size()));
        case "fake/hang" -> {
          listener.part(new ModelPart.Text("so far"));
          try {
            new CountDownLatch(1).await();
          } finally {
            interrupted.countDown();
          }
        }
        case "fake/slow" -> {
          for (int i = 0; i < 500; i++) {
            listener.part(new ModelPart.Text(i + " "));
            Thread.onSpinWait();
          }
        }
        case "fake/list" -> {
          return afterATool(request, listener, "list_strategy", "{}");
        }
        case "fake/skills" -> {
          return afterATool(request, listener, "list_skills", "{}");
        }
        case "fake/skill" -> {
          return afterATool(
              request, listener, "load_skill", request.messages().getLast().content().text());
        }
        case "fake/mcp" -> {
          Optional<String> tool =
              request.tools().stream()
                  .map(ToolSpec::name)
                  .filter(known -> known.startsWith("mcp__"))
                  .findFirst();
          if (tool.isPresent()) {
            return afterATool(request, listener, tool.get(), "{}");
          }
          listener.part(new ModelPart.Text("no server"));
        }
        case "fake/system" -> listener.part(new ModelPart.Text(request.system().orElse("")));
        case "fake/launch" -> {
          return afterATool(
              request, listener, "launch_strategy", request.messages().getLast().content().text());
        }
        case "fake/fail" ->
            throw new ModelFailure(
                "fake: 400 no such thing", OptionalInt.of(400), false, Optional.empty());
        default -> throw new IllegalStateException("no model " + name);
      }
      return end(FinishReason.STOP);
    }

    private TurnEnd afterATool(
        ModelRequest request, PartListener listener, String tool, String arguments)
        throws InterruptedException {
      for (Part part : request.messages().getLast().content().asParts()) {
        if (part instanceof Part.ToolResult result) {
          listener.part(new ModelPart.Text("heard: " + result.output().asString()));
          return end(FinishReason.STOP);
        }
      }
      listener.part(new ModelPart.ToolCall("c1", tool, arguments));
      return end(FinishReason.TOOL_CALLS);
    }

    private static TurnEnd end(FinishReason reason) {
      return new TurnEnd(
          reason,
          new Usage(3, 2),
          Optional.of(
              ContextUsage.reported(
                  3, 2, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty())));
    }
  }
}
