package com.commaagents.cli.run;

import com.commaagents.base.json.Json;
import com.commaagents.cli.run.Style.Tone;
import com.commaagents.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A run for people: which step and agent works, text as it streams, tool calls with what they say
/// while they run and their outcome, and the result, usage and run id at the end.
final class TerminalView implements EventView {
  private final String programName;
  private final Page page;
  private final Style style;
  private final FlowNames flows = new FlowNames();
  private final List<String> agents = new ArrayList<>();
  private final ToolLines toolLines = new ToolLines();
  private Optional<String> openCall = Optional.empty();
  private Optional<String> runId = Optional.empty();

  TerminalView(Terminal terminal, String programName) {
    this.programName = programName;
    style = new Style(terminal.colours());
    page = new Page(terminal::out, style, terminal.columns());
  }

  @Override
  public void show(JsonNode message) {
    switch (Json.text(message, "type").orElse("")) {
      case "strategy_started" -> started(message);
      case "run_snapshot" -> joined(message);
      case "step_started" -> stepStarted(Json.text(message, "stepName").orElse(""));
      case "agent_streaming" ->
          streamed(Json.text(message, "agentName").orElse(""), message.path("event"));
      case "tool_output" -> overheard(Json.text(message, "agentName").orElse(""), message);
      case "step_completed" -> page.end(Json.text(message, "stepName").orElse(""));
      case "steer_queued" ->
          note("Steering: " + Style.brief(Json.text(message, "text").orElse(""), 80));
      default -> {
        // Terminal events and requests have their own ways; a type we do not know is no mistake.
      }
    }
  }

  private void started(JsonNode message) {
    agents.clear();
    message.path("agents").forEach(name -> agents.add(name.asString("")));
    flows.read(message.path("flowTree"));
    runId = Json.text(message, "runId");
    String name = Style.clean(Json.text(message, "strategyName").orElse(""));
    page.say(
        style.paint(Tone.STRONG, "▶ " + name)
            + style.paint(Tone.FAINT, runId.map(id -> "  run " + id).orElse("")));
  }

  // In the middle of a run: what is being said right now, as far as it has come.
  private void joined(JsonNode snapshot) {
    page.endAll();
    started(snapshot);
    int calls = snapshot.path("conversation").path("records").size();
    String before = Json.text(snapshot, "status").orElse("") + ", " + calls + " calls so far";
    String shownBy =
        calls == 0 ? "" : ": " + programName + " runs show " + runId.map(Style::clean).orElse("");
    page.say(style.paint(Tone.FAINT, "  " + before + shownBy));
    for (JsonNode call : snapshot.path("inFlight")) {
      String agent = Json.text(call, "agentName").orElse("");
      begin(agent);
      said(agent, Voice.THOUGHT, Json.text(call, "thinking").orElse(""));
      said(agent, Voice.SPEECH, Json.text(call, "text").orElse(""));
      call.path("toolCalls").forEach(tool -> called(agent, tool));
    }
  }

  private void stepStarted(String name) {
    if (agents.contains(name)) {
      page.end(name);
      begin(name);
    } else {
      page.say("\n" + style.paint(Tone.FAINT, "▸ " + Style.clean(flows.describe(name))));
    }
  }

  private void begin(String agent) {
    openCall = Optional.empty();
    String name = Style.clean(agent);
    int index = Math.max(0, agents.indexOf(agent));
    int widest = agents.stream().mapToInt(String::length).max().orElse(name.length());
    String padding = " ".repeat(Math.max(0, widest - name.length()));
    page.begin(
        agent, style.agent(index, "● " + name), style.agent(index, "  " + name + padding + " │ "));
  }

  private void streamed(String agent, JsonNode event) {
    // An observer of a cycle has no step of its own: it begins with its first word.
    if (!page.hasLane(agent)) {
      begin(agent);
    }
    switch (Json.text(event, "type").orElse("")) {
      case "text" -> said(agent, Voice.SPEECH, Json.text(event, "text").orElse(""));
      case "thinking" -> said(agent, Voice.THOUGHT, Json.text(event, "text").orElse(""));
      // A further answer within the call, to tools' results or to a wish for a repair.
      case "step-start" -> page.breakLine(agent);
      case "tool-call" -> called(agent, event);
      case "tool-result" -> answered(agent, event);
      case "retention" ->
          page.line(agent, style.paint(Tone.FAINT, "(earlier conversation compacted)"), false);
      case "done" -> page.end(agent);
      default -> {
        // The start of thinking shows by what follows it.
      }
    }
  }

  // A tool that still runs; the line that its call left open ends here.
  private void overheard(String agent, JsonNode message) {
    String text = toolLines.take(agent, message);
    if (page.hasLane(agent) && !text.isEmpty()) {
      String source = Json.text(message, "toolCallId").orElse("") + message.path("stream");
      said(agent, Voice.tool(source), text);
    }
  }

  private void said(String agent, Voice voice, String text) {
    if (openCall.isPresent()) {
      page.finishLine();
      openCall = Optional.empty();
    }
    page.stream(agent, voice, text);
  }

  private void called(String agent, JsonNode event) {
    String call = style.paint(Tone.STRONG, "→ ") + ToolText.call(event);
    page.line(agent, call, true);
    openCall = page.isAmongOthers(agent) ? Optional.empty() : Json.text(event, "toolCallId");
  }

  private void answered(String agent, JsonNode event) {
    toolLines.forget(agent, event);
    String mark =
        ToolText.succeeded(event) ? style.paint(Tone.GOOD, "✓") : style.paint(Tone.BAD, "✗");
    String outcome = style.paint(Tone.FAINT, ToolText.outcome(event));
    if (openCall.isPresent() && openCall.equals(Json.text(event, "toolCallId"))) {
      page.continueLine(" " + mark + " " + outcome);
    } else {
      String tool = Style.clean(Json.text(event, "toolName").orElse(""));
      page.line(agent, mark + " " + tool + " " + outcome, false);
    }
    openCall = Optional.empty();
  }

  @Override
  public void note(String sentence) {
    openCall = Optional.empty();
    page.say(style.paint(Tone.ASKING, sentence));
  }

  @Override
  public void pause() {
    openCall = Optional.empty();
    page.finishLine();
  }

  @Override
  public void end(Outcome outcome) {
    page.endAll();
    switch (outcome) {
      case Outcome.Completed completed -> completed(completed);
      case Outcome.Failed(String code, String message) ->
          page.say("\n" + style.paint(Tone.BAD, "✗ " + code) + "\n" + Style.clean(message));
      case Outcome.Stopped _ -> page.say("\n" + style.paint(Tone.BAD, "■ stopped"));
      case Outcome.Left _ -> page.say("\n" + style.paint(Tone.FAINT, "The run goes on."));
      case Outcome.Lost(String reason) -> page.say("\n" + style.paint(Tone.BAD, "✗ " + reason));
    }
    switch (outcome) {
      case Outcome.Completed _ -> {}
      case Outcome.Failed(String code, _) when code.equals("INTERRUPTED") ->
          runId.ifPresent(this::sayHowToResume);
      case Outcome.Failed _, Outcome.Stopped _ -> runId.ifPresent(this::sayHowToGoOn);
      case Outcome.Left(String id, _) -> {
        page.say(style.paint(Tone.FAINT, "  run " + id));
        sayHowToAttach(id);
      }
      case Outcome.Lost _ -> {
        runId.ifPresent(this::sayHowToResume);
        runId.ifPresent(this::sayHowToAttach);
      }
    }
  }

  private void completed(Outcome.Completed completed) {
    page.say("\n" + style.paint(Tone.STRONG, "Result"));
    page.say(Style.clean(completed.result()).stripTrailing());
    page.say(
        "\n"
            + style.paint(Tone.GOOD, "✓ completed")
            + style.paint(
                Tone.FAINT,
                String.format(
                        Locale.ROOT,
                        "  %,d tokens in, %,d out",
                        completed.promptTokens(),
                        completed.completionTokens())
                    + cost(completed)));
    sayHowToGoOn(completed.runId());
  }

  private static String cost(Outcome.Completed completed) {
    return completed.costUsd().isPresent()
        ? String.format(Locale.ROOT, ", $%.4f", completed.costUsd().getAsDouble())
        : "";
  }

  private void sayHowToGoOn(String id) {
    sayNext(id, "go on with: " + programName + " run --continue " + id + " --input \"…\"");
  }

  private void sayHowToResume(String id) {
    sayNext(id, "if the daemon died, go on where it stood: " + programName + " run --resume " + id);
  }

  private void sayHowToAttach(String id) {
    page.say(
        style.paint(
            Tone.FAINT, "  while it runs, watch it: " + programName + " run --attach " + id));
  }

  private void sayNext(String id, String what) {
    page.say(style.paint(Tone.FAINT, "  run " + id));
    page.say(style.paint(Tone.FAINT, "  " + what));
  }
}
