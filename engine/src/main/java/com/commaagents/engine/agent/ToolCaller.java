package com.commaagents.engine.agent;

import com.commaagents.engine.resume.Recording;
import com.commaagents.engine.resume.RecordedCall.RecordedTurn;
import com.commaagents.base.fault.Fault;
import com.commaagents.base.task.TaskScope;
import com.commaagents.base.time.Clock;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.conversation.Part.OutputKind;
import com.commaagents.engine.event.EngineEvent;
import com.commaagents.engine.event.EngineEvent.McpOrigin;
import com.commaagents.engine.event.EngineEvent.Speaker;
import com.commaagents.engine.event.EngineEvent.StreamEvent;
import com.commaagents.engine.event.EngineEvent.ToolOutcome;
import com.commaagents.engine.event.Journal;
import com.commaagents.engine.hook.HookChain;
import com.commaagents.engine.hook.Hooks.AgentPlace;
import com.commaagents.engine.limit.UsageMeter;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.engine.model.ToolSpec;
import com.commaagents.engine.schema.JsonSchemas;
import com.commaagents.engine.tool.Tool;
import com.commaagents.engine.tool.ToolCallContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// Runs the tool calls of a round-trip, all at once.
///
/// A call that cannot be run becomes a result that tells the model what to do next, never a failed
/// run.
///
/// Limits: [#MAX_CALLS] calls of one round-trip are run, the rest are answered with an error; an
/// output is cut at [#MAX_OUTPUT_CHARACTERS] and says so.
final class ToolCaller {
  static final int MAX_CALLS = 128;
  static final int MAX_OUTPUT_CHARACTERS = 4 << 20;
  static final String OUTCOME_UNKNOWN =
      "interrupted: outcome unknown. The daemon died while this call ran: it may have been carried"
          + " out, in part or not at all. Look at what there is before you make it again.";

  private static final Logger LOG = LoggerFactory.getLogger(ToolCaller.class);

  private final Map<String, Tool> tools = new LinkedHashMap<>();
  private final List<ToolSpec> specs;
  private final Journal journal;
  private final Clock clock;
  private final JsonSchemas schemas;
  private final UsageMeter meter;
  private final HookChain hooks;

  ToolCaller(List<Tool> tools, AgentServices services) {
    tools.forEach(tool -> this.tools.putIfAbsent(tool.spec().name(), tool));
    this.specs = this.tools.values().stream().map(Tool::spec).toList();
    this.journal = services.journal();
    this.clock = services.clock();
    this.schemas = services.schemas();
    this.meter = services.meter();
    this.hooks = services.hooks();
  }

  List<ToolSpec> specs() {
    return specs;
  }

  /// The MCP server a tool comes from.
  Optional<McpOrigin> origin(String toolName) {
    return Optional.ofNullable(tools.get(toolName)).flatMap(Tool::origin);
  }

  /// Runs the calls and returns their results in call order. What was journalled before is on disk
  /// before the first tool starts.
  ///
  /// @param before what an interrupted segment has done of these calls; empty: nothing
  List<Part> run(List<ModelPart.ToolCall> calls, Speaker speaker, Optional<RecordedTurn> before)
      throws InterruptedException {
    meter.toolCalls(Math.min(calls.size(), MAX_CALLS));
    List<Callable<Part>> tasks = new ArrayList<>();
    for (ModelPart.ToolCall call : calls) {
      boolean tooMany = tasks.size() >= MAX_CALLS;
      Optional<ToolOutcome> known = before.flatMap(turn -> known(turn, call));
      if (known.isPresent()) {
        tasks.add(() -> part(call, known.get()));
        continue;
      }
      boolean again =
          before.map(turn -> turn.started().containsKey(call.toolCallId())).orElse(false);
      if (!again) {
        journal.add(started(call, speaker));
      }
      tasks.add(() ->
          again && !mayRunAgain(call)
              ? end(call, speaker, new ToolOutcome.Failed(OUTCOME_UNKNOWN), Duration.ZERO)
              : run(call, speaker, tooMany, inside(before, call)));
    }
    journal.flush();
    return TaskScope.all("tool", tasks);
  }

  private static Optional<ToolOutcome> known(RecordedTurn before, ModelPart.ToolCall call) {
    return Optional.ofNullable(before.results().get(call.toolCallId()));
  }

  private static Recording inside(Optional<RecordedTurn> before, ModelPart.ToolCall call) {
    return before
        .map(turn -> turn.inside().getOrDefault(call.toolCallId(), Recording.NONE))
        .orElse(Recording.NONE);
  }

  private static EngineEvent.ToolStarted started(ModelPart.ToolCall call, Speaker speaker) {
    return new EngineEvent.ToolStarted(
        speaker.agentName(), speaker.path(), call.toolCallId(), call.toolName(), call.arguments());
  }

  /// Whether a call whose outcome nobody knows may simply be made again.
  private boolean mayRunAgain(ModelPart.ToolCall call) {
    Tool tool = tools.get(call.toolName());
    return tool == null || tool.spec().idempotent();
  }

  private Part run(ModelPart.ToolCall call, Speaker speaker, boolean tooMany, Recording before)
      throws InterruptedException {
    long started = clock.nanos();
    ToolOutcome outcome =
        tooMany
            ? new ToolOutcome.Failed(
                "Too many tool calls in one answer: only the first "
                    + MAX_CALLS
                    + " are run. Make this call again in your next answer.")
            : watched(call, speaker, before);
    return end(call, speaker, outcome, Duration.ofNanos(clock.nanos() - started));
  }

  private ToolOutcome watched(ModelPart.ToolCall call, Speaker speaker, Recording before)
      throws InterruptedException {
    try (CallOutput live = new CallOutput(journal, call, speaker)) {
      return hooked(
          call,
          new ToolCallContext(
              speaker.agentName(), speaker.path(), call.toolCallId(), before, live));
    }
  }

  private Part end(ModelPart.ToolCall call, Speaker speaker, ToolOutcome outcome, Duration took)
      throws InterruptedException {
    journal.add(new EngineEvent.ToolEnded(speaker.path(), call.toolCallId(), outcome, took));
    journal.add(
        new EngineEvent.Streaming(
            speaker,
            new StreamEvent.ToolResult(
                call.toolCallId(), call.toolName(), outcome, origin(call.toolName()))));
    return part(call, outcome);
  }

  private static Part part(ModelPart.ToolCall call, ToolOutcome outcome) {
    return switch (outcome) {
      case ToolOutcome.Completed(var output) ->
          Part.toolResult(call.toolCallId(), call.toolName(), OutputKind.TEXT, output);
      case ToolOutcome.Failed(var error) ->
          Part.toolResult(call.toolCallId(), call.toolName(), OutputKind.ERROR_TEXT, error);
    };
  }

  private ToolOutcome hooked(ModelPart.ToolCall call, ToolCallContext context)
      throws InterruptedException {
    AgentPlace at = new AgentPlace(context.agentName(), context.path());
    hooks.tell(one -> one.beforeToolCall(at, call));
    ToolOutcome outcome = outcome(call, context);
    hooks.tell(one -> one.afterToolCall(at, call, outcome));
    return outcome;
  }

  private ToolOutcome outcome(ModelPart.ToolCall call, ToolCallContext context)
      throws InterruptedException {
    Tool tool = tools.get(call.toolName());
    if (tool == null) {
      return new ToolOutcome.Failed(unknown(call.toolName()));
    }
    Optional<JsonNode> arguments = ToolArguments.parse(call.arguments());
    if (arguments.isEmpty()) {
      return new ToolOutcome.Failed(
          "The arguments of "
              + call.toolName()
              + " are not valid JSON. Call it again with one complete JSON object.");
    }
    List<String> problems = schemas.problems(tool.spec().inputSchema(), arguments.get());
    if (!problems.isEmpty()) {
      return new ToolOutcome.Failed(
          "The arguments of "
              + call.toolName()
              + " do not fit its schema: "
              + String.join("; ", problems)
              + ". Correct them and call it again.");
    }
    return ran(tool, arguments.get(), call, context);
  }

  private String unknown(String name) {
    return tools.isEmpty()
        ? "There is no tool " + name + "; you have no tools. Answer without one."
        : "There is no tool "
            + name
            + ". Available tools: "
            + String.join(", ", tools.keySet())
            + ". Call one of these, or answer without a tool.";
  }

  private static ToolOutcome ran(
      Tool tool, JsonNode arguments, ModelPart.ToolCall call, ToolCallContext context)
      throws InterruptedException {
    try {
      String output = tool.call(arguments, context);
      return new ToolOutcome.Completed(cut(Objects.requireNonNull(output, "it gave back no text")));
    } catch (Fault fault) {
      checkNotCancelled();
      return new ToolOutcome.Failed(fault.message());
    } catch (RuntimeException | LinkageError | StackOverflowError bug) {
      // The border to tools, which may be plug-ins: a bug there must not end the run.
      checkNotCancelled();
      LOG.warn("tool {} of agent {} threw", call.toolName(), context.agentName(), bug);
      return new ToolOutcome.Failed(
          call.toolName()
              + " broke down: "
              + Optional.ofNullable(bug.getMessage()).orElse(bug.getClass().getSimpleName())
              + ". Try other arguments or another way.");
    }
  }

  // A tool may have turned the interruption into an exception of its own.
  private static void checkNotCancelled() throws InterruptedException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedException();
    }
  }

  private static String cut(String output) {
    if (output.length() <= MAX_OUTPUT_CHARACTERS) {
      return output;
    }
    boolean splitsPair = Character.isHighSurrogate(output.charAt(MAX_OUTPUT_CHARACTERS - 1));
    return output.substring(0, MAX_OUTPUT_CHARACTERS - (splitsPair ? 1 : 0))
        + "\n[cut: the output is longer than "
        + MAX_OUTPUT_CHARACTERS
        + " characters]";
  }
}
