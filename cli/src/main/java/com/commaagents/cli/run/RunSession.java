package com.commaagents.cli.run;

import com.commaagents.cli.run.RunRequest.Verb;
import com.commaagents.base.fault.Fault;
import com.commaagents.base.json.Json;
import com.commaagents.base.time.Clock;
import com.commaagents.cli.client.DaemonLink;
import com.commaagents.cli.run.Person.Reply;
import com.commaagents.cli.terminal.Terminal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One run over one connection, from its first request to its end.
///
/// While a person is asked, what the daemon says is held back, so that it does not tear the line
/// they type in: at most [#MAX_HELD] messages, then they are shown all the same.
///
/// INVARIANT: all state is of the thread that calls [#run]; others only post to the mailbox.
public final class RunSession {
  public static final int MAX_HELD = 10_000;

  /// A stopped run is told within a tenth of a second; after this the daemon is not waited for.
  public static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

  /// How a connection is made; the session closes it.
  @FunctionalInterface
  public interface Connector {
    DaemonLink connect(DaemonLink.Listener listener) throws InterruptedException;
  }

  private static final String PREPARE = "prepare";
  private static final String START = "start";

  private final RunRequest request;
  private final EventView view;
  private final Person person;
  private final Terminal terminal;
  private final Clock clock;
  private final Mailbox mailbox = new Mailbox();
  private final Deque<Request> requests = new ArrayDeque<>();
  private final Deque<JsonNode> held = new ArrayDeque<>();
  private Optional<String> runId = Optional.empty();
  private Optional<String> gaveUp = Optional.empty();
  private boolean personGone;
  private boolean stopping;
  private long stopDeadline;

  /// `asksPerson`: whether a person at the terminal answers what the run asks. `allowsAll` answers
  /// every permission request with allow.
  public RunSession(
      RunRequest request,
      EventView view,
      Terminal terminal,
      boolean asksPerson,
      boolean allowsAll,
      Clock clock) {
    this.request = request;
    this.view = view;
    this.terminal = terminal;
    this.clock = clock;
    this.person = new Person(asksPerson, allowsAll, new Style(terminal.colours()));
  }

  /// Runs to the end and shows it.
  ///
  /// @throws Fault when the connection cannot be made
  public Outcome run(Connector connector) throws InterruptedException {
    Outcome outcome;
    try (DaemonLink link = connector.connect(mailbox)) {
      outcome = follow(link);
    }
    showHeld();
    view.end(outcome);
    return outcome;
  }

  /// A Ctrl-C: asks the daemon to stop the run. May be called by any thread.
  public void interrupt() throws InterruptedException {
    mailbox.interrupted();
  }

  private Outcome follow(DaemonLink link) throws InterruptedException {
    try {
      link.send(firstMessage());
      TypedLines lines = TypedLines.start(terminal, mailbox);
      while (true) {
        Optional<Happening> happening = next();
        if (happening.isEmpty()) {
          return stopped();
        }
        Optional<Outcome> end = on(happening.get(), link, lines);
        if (end.isPresent()) {
          return end.get();
        }
      }
    } catch (Fault lost) {
      return new Outcome.Lost(lost.message());
    }
  }

  private Optional<Happening> next() throws InterruptedException {
    return stopping
        ? mailbox.poll((stopDeadline - clock.nanos()) / 1_000_000)
        : Optional.of(mailbox.take());
  }

  private Optional<Outcome> on(Happening happening, DaemonLink link, TypedLines lines)
      throws InterruptedException {
    return switch (happening) {
      case Happening.Said(JsonNode message) -> onMessage(message, link, lines);
      case Happening.LinkEnded(String reason) ->
          Optional.of(stopping ? stopped() : new Outcome.Lost(reason));
      case Happening.Typed(Optional<String> line) -> {
        onTyped(line, link, lines);
        yield Optional.empty();
      }
      case Happening.Interrupted() -> onInterrupt(link);
    };
  }

  private ObjectNode firstMessage() {
    if (request.verb() == Verb.RESUME) {
      // The daemon prepares what it resumes: with what the run was started with.
      runId = request.runId();
      return startMessage();
    }
    ObjectNode message = Json.object().put("type", "prepare_run");
    request.runId().ifPresent(id -> message.put("runId", id));
    request.strategy().ifPresent(path -> message.put("strategyPath", path.toString()));
    request.modelOverride().ifPresent(model -> message.put("modelOverride", model));
    // A continued run goes on where it was, unless a strategy is given as well.
    if (request.strategy().isPresent()) {
      message.put("cwd", request.workingDirectory().toString());
    }
    if (!request.limits().isEmpty()) {
      message.set("limits", request.limits());
    }
    return message.put("requestId", PREPARE);
  }

  private Optional<Outcome> onMessage(JsonNode message, DaemonLink link, TypedLines lines)
      throws InterruptedException {
    switch (Json.text(message, "type").orElse("")) {
      case "run_prepared" -> {
        runId = Json.text(message, "runId");
        show(message);
        watchClosely(message.path("lastSeq"), link);
        link.send(startMessage());
      }
      case "error" -> {
        show(message);
        return refused(message);
      }
      case "strategy_completed" -> {
        show(message);
        return Optional.of(completed(message));
      }
      case "strategy_error" -> {
        show(message);
        return Optional.of(failed(message.path("error")));
      }
      default -> {
        show(message);
        Optional<Request> wanted = Request.read(message);
        if (wanted.isPresent()) {
          onRequest(wanted.get(), link, lines);
        }
      }
    }
    return Optional.empty();
  }

  // Following from a number on shows the daemon that we know what it adds to the protocol, such as
  // the output of tools that still run. There is nothing to replay: the run has not begun.
  private void watchClosely(JsonNode lastSeq, DaemonLink link) throws InterruptedException {
    if (lastSeq.isNumber()) {
      link.send(
          Json.object()
              .put("type", "subscribe")
              .put("runId", runId.orElse(""))
              .put("afterSeq", lastSeq.longValue()));
    }
  }

  private ObjectNode startMessage() {
    ObjectNode message =
        Json.object().put("type", request.verb().label()).put("runId", runId.orElse(""));
    request.input().ifPresent(text -> message.put("input", text));
    return message.put("requestId", START);
  }

  // An answer that came too late, because another client was faster, is no end of the run.
  private Optional<Outcome> refused(JsonNode message) {
    String to = Json.text(message, "requestId").orElse("");
    return to.equals(PREPARE) || to.equals(START)
        ? Optional.of(failure(message))
        : Optional.empty();
  }

  private static Outcome failure(JsonNode error) {
    return new Outcome.Failed(
        Json.text(error, "code").orElse("ERROR"), Json.text(error, "message").orElse(""));
  }

  private Outcome completed(JsonNode message) {
    JsonNode usage = message.path("usage");
    return new Outcome.Completed(
        runId.orElse(""),
        Json.text(message, "result").orElse(""),
        usage.path("promptTokens").asLong(0),
        usage.path("completionTokens").asLong(0),
        message.path("costUsd").isNumber()
            ? OptionalDouble.of(message.path("costUsd").doubleValue())
            : OptionalDouble.empty());
  }

  private Outcome failed(JsonNode error) {
    return Json.text(error, "code").filter("CANCELLED"::equals).isPresent()
        ? stopped()
        : failure(error);
  }

  private Outcome stopped() {
    return gaveUp
        .<Outcome>map(why -> new Outcome.Failed("NO_INPUT", why))
        .orElseGet(() -> new Outcome.Stopped(stopping));
  }

  private void onRequest(Request wanted, DaemonLink link, TypedLines lines)
      throws InterruptedException {
    Optional<Reply> reply =
        personGone ? Optional.of(person.inTheirPlace(wanted)) : person.withoutAsking(wanted);
    if (reply.isPresent()) {
      if (reply.get() instanceof Reply.Answer(String text)) {
        note(person.remark(wanted, text));
      }
      give(wanted, reply.get(), link);
      return;
    }
    requests.add(wanted);
    if (requests.size() == 1) {
      ask(lines);
    }
  }

  private void ask(TypedLines lines) {
    view.pause();
    terminal.out(person.prompt(requests.element()));
    lines.want();
  }

  private void onTyped(Optional<String> line, DaemonLink link, TypedLines lines)
      throws InterruptedException {
    if (requests.isEmpty()) {
      return;
    }
    Request wanted = requests.element();
    Reply reply = person.read(wanted, line);
    if (!(reply instanceof Reply.AskAgain)) {
      requests.remove();
      give(wanted, reply, link);
    }
    if (line.isEmpty()) {
      personGone = true;
      for (Request unanswered : requests) {
        give(unanswered, person.inTheirPlace(unanswered), link);
      }
      requests.clear();
    }
    if (requests.isEmpty()) {
      showHeld();
    } else {
      ask(lines);
    }
  }

  private void give(Request wanted, Reply reply, DaemonLink link) throws InterruptedException {
    switch (reply) {
      case Reply.Answer(String text) -> link.send(wanted.answer(runId.orElse(""), text));
      case Reply.GiveUp(String why) -> {
        gaveUp = Optional.of(why);
        stop(link);
      }
      case Reply.AskAgain() -> {}
    }
  }

  private Optional<Outcome> onInterrupt(DaemonLink link) throws InterruptedException {
    if (runId.isEmpty()) {
      return Optional.of(new Outcome.Stopped(true));
    }
    if (!stopping) {
      requests.clear();
      showHeld();
      view.note("Stopping the run …");
      stop(link);
    }
    return Optional.empty();
  }

  private void stop(DaemonLink link) throws InterruptedException {
    stopping = true;
    stopDeadline = clock.nanos() + STOP_PATIENCE.toNanos();
    link.send(Json.object().put("type", "stop_run").put("runId", runId.orElse("")));
  }

  private void show(JsonNode message) {
    if (requests.isEmpty() || held.size() >= MAX_HELD) {
      showHeld();
      view.show(message);
    } else {
      held.add(message);
    }
  }

  private void note(String sentence) {
    showHeld();
    view.note(sentence);
  }

  private void showHeld() {
    held.forEach(view::show);
    held.clear();
  }
}
