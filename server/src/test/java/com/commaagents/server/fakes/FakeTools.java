package com.commaagents.server.fakes;

import com.commaagents.base.json.Json;
import com.commaagents.engine.event.EngineEvent;
import com.commaagents.engine.model.ToolSpec;
import com.commaagents.engine.people.People;
import com.commaagents.engine.tool.LiveOutput;
import com.commaagents.engine.tool.Tool;
import com.commaagents.engine.tool.ToolCallContext;
import com.commaagents.engine.tool.ToolRegistry;
import com.commaagents.engine.tool.ToolScope;
import com.commaagents.engine.tool.ToolSession;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/// Three tools: `permission` asks for one, `question` asks one, `talk` says what [#speech] says.
/// Counts the sessions that are open.
public final class FakeTools implements ToolRegistry {
  private static final Set<String> NAMES = Set.of("permission", "question", "talk");

  public final AtomicInteger open = new AtomicInteger();

  /// What `talk` does; its result is "said".
  public volatile Speech speech = _ -> {};

  /// What a tool says while it runs.
  @FunctionalInterface
  public interface Speech {
    void speak(LiveOutput live) throws InterruptedException;
  }

  @Override
  public Set<String> names() {
    return NAMES;
  }

  @Override
  public ToolSession open(ToolScope scope) {
    open.incrementAndGet();
    return new Session(scope);
  }

  private final class Session implements ToolSession {
    private final ToolScope scope;

    Session(ToolScope scope) {
      this.scope = scope;
    }

    @Override
    public Tool tool(String name) {
      return name.equals("talk") ? new TalkingTool(speech) : new AskingTool(name, scope.people());
    }

    @Override
    public boolean updatePolicy(PolicyPatch patch, Optional<String> toolName) {
      String tool = toolName.orElse("permission");
      if (!NAMES.contains(tool)) {
        return false;
      }
      try {
        scope.journal().add(new EngineEvent.PolicyUpdated(tool, patch.allow()));
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
      return true;
    }

    @Override
    public ToolSession forLaunched(ToolScope launched) {
      return FakeTools.this.open(launched);
    }

    @Override
    public void close() {
      open.decrementAndGet();
    }
  }

  private record TalkingTool(Speech speech) implements Tool {
    @Override
    public ToolSpec spec() {
      return new ToolSpec("talk", "Talks.", Json.object().put("type", "object"), true);
    }

    @Override
    public String call(JsonNode arguments, ToolCallContext context) throws InterruptedException {
      speech.speak(context.live());
      return "said";
    }
  }

  private record AskingTool(String name, People people) implements Tool {
    @Override
    public ToolSpec spec() {
      return new ToolSpec(name, "Asks a person.", Json.object().put("type", "object"), true);
    }

    @Override
    public String call(JsonNode arguments, ToolCallContext context) throws InterruptedException {
      if (name.equals("question")) {
        return people.question(context.agentName(), context.path(), name, "Which one?");
      }
      return people
          .permission(
              new People.PermissionRequest(
                  context.agentName(),
                  context.path(),
                  name,
                  People.Operation.WRITE,
                  "/work/file",
                  People.Reason.POLICY_ASK,
                  Optional.empty()))
          .label();
    }
  }
}
