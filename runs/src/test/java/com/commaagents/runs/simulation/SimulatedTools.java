package com.commaagents.runs.simulation;

import com.commaagents.base.id.RunId;
import com.commaagents.base.json.Json;
import com.commaagents.engine.event.EngineEvent;
import com.commaagents.engine.model.ToolSpec;
import com.commaagents.engine.people.People;
import com.commaagents.engine.tool.Tool;
import com.commaagents.engine.tool.ToolCallContext;
import com.commaagents.engine.tool.ToolRegistry;
import com.commaagents.engine.tool.ToolScope;
import com.commaagents.engine.tool.ToolSession;
import com.commaagents.runs.timeline.TimelineEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Tools that ask for permission, ask a question, take their time, or break.
final class SimulatedTools implements ToolRegistry {
  private static final String TOUCH = "touch";
  private static final String WONDER = "wonder";
  private static final String WORK = "work";
  static final List<String> NAMES = List.of(TOUCH, WONDER, WORK);

  private final Life life;
  private int open;
  private int busy;

  SimulatedTools(Life life) {
    this.life = life;
  }

  /// How many sessions are open.
  int open() {
    return open;
  }

  /// How many calls are under way.
  int busy() {
    return busy;
  }

  @Override
  public Set<String> names() {
    return Set.copyOf(NAMES);
  }

  @Override
  public ToolSession open(ToolScope scope) {
    life.chance().pause();
    open++;
    return new SimulatedSession(scope);
  }

  private final class SimulatedSession implements ToolSession {
    private final ToolScope scope;

    SimulatedSession(ToolScope scope) {
      this.scope = scope;
    }

    @Override
    public Tool tool(String name) {
      return new SimulatedTool(name, scope);
    }

    @Override
    public boolean updatePolicy(PolicyPatch patch, Optional<String> toolName) {
      life.chance().pause();
      try {
        scope.journal().add(new EngineEvent.PolicyUpdated(TOUCH, List.of("none")));
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
      return true;
    }

    @Override
    public ToolSession forLaunched(ToolScope inside) {
      return open(inside);
    }

    @Override
    public void close() {
      life.chance().pause();
      open--;
      if (life.chance().oneIn(20)) {
        life.referee().count("tools do not close");
        throw new IllegalStateException("these tools do not close well");
      }
    }
  }

  private final class SimulatedTool implements Tool {
    private final String name;
    private final ToolScope scope;

    SimulatedTool(String name, ToolScope scope) {
      this.name = name;
      this.scope = scope;
    }

    @Override
    public ToolSpec spec() {
      return new ToolSpec(name, "For the game.", Json.object().put("type", "object"), false);
    }

    @Override
    public String call(JsonNode arguments, ToolCallContext call) throws InterruptedException {
      busy++;
      try {
        isAllowedToBegin(call.toolCallId());
        life.referee().count("tool " + name);
        life.chance().pause();
        return switch (name) {
          case TOUCH -> "may: " + scope.people().permission(request(call)).allows();
          case WONDER -> scope.people().question(call.agentName(), call.path(), WONDER, "why not?");
          default -> work();
        };
      } finally {
        busy--;
      }
    }

    private void isAllowedToBegin(String toolCallId) {
      String id = scope.runId().value();
      int colon = id.indexOf(':');
      RunId run = new RunId(colon < 0 ? id : id.substring(0, colon));
      life.referee()
          .require(
              life.isDead()
                  || life.disk().of(run).stream()
                      .anyMatch(event ->
                          event instanceof TimelineEvent.ToolCalled(var call)
                              && call.toolCallId().equals(toolCallId)),
              () -> run + ": " + toolCallId + " runs and is not on disk");
    }

    private String work() throws InterruptedException {
      if (life.chance().oneIn(4)) {
        throw new IllegalStateException("broken");
      }
      life.clock().sleep(Duration.ofMillis(life.chance().below(2_000)));
      return "worked";
    }

    private static People.PermissionRequest request(ToolCallContext call) {
      return new People.PermissionRequest(
          call.agentName(),
          call.path(),
          TOUCH,
          People.Operation.WRITE,
          "/somewhere",
          People.Reason.POLICY_ASK,
          Optional.empty());
    }
  }
}
