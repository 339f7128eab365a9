package com.commaagents.cli.run;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.json.Json;
import com.commaagents.base.time.Clock;
import com.commaagents.cli.client.DaemonLink;
import com.commaagents.cli.run.Person.Reply;
import com.commaagents.cli.run.RunRequest.Verb;
import com.commaagents.cli.terminal.Terminal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One run, watched from the first request to its end.
///
/// A connection that breaks is made anew, and the run followed from the last number that was seen:
/// once for each connection over which the run has said something.
///
/// INVARIANT: all state is of the thread that calls [#run]; others only post to the mailbox.
public final class RunSession {
  /// A stopped run is told within a tenth of a second; after this the daemon is not waited for.
  public static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

  /// How a connection is made; the session closes it.
  @FunctionalInterface
  public interface Connector {
    DaemonLink connect(DaemonLink.Listener listener) throws InterruptedException;
  }

  private final RunRequest request;
  private final EventView view;
  private final Clock clock;
  private final Mailbox mailbox = new Mailbox();
  private final OpenRequests requests;
  private Optional<DaemonLink> link = Optional.empty();
  private int links;
  private Optional<String> runId = Optional.empty();
  // The newest number seen, and whether it came over the present connection.
  private OptionalLong lastSeq = OptionalLong.empty();
  private boolean heard;
  private Optional<String> gaveUp = Optional.empty();
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
    this.clock = clock;
    this.requests =
        new OpenRequests(
            new Person(
                asksPerson,
                allowsAll,
                request.verb() == Verb.ATTACH,
                new Style(terminal.colours())),
            view,
            terminal,
            new TypedLines(terminal, mailbox),
            this::give);
  }

  /// Runs to the end and shows it.
  ///
  /// @throws Fault when the connection cannot be made
  public Outcome run(Connector connector) throws InterruptedException {
    Outcome outcome = over(connect(connector), List.of(firstMessage()));
    while (outcome instanceof Outcome.Lost lost && heard) {
      outcome = comeBack(connector, lost);
    }
    requests.close();
    view.end(outcome);
    return outcome;
  }

  /// A Ctrl-C: asks the daemon to stop the run, or leaves one that only is watched. May be called
  /// by any thread.
  public void interrupt() throws InterruptedException {
    mailbox.interrupted();
  }

  private ObjectNode firstMessage() {
    return switch (request.verb()) {
      case START, CONTINUE -> RunMessages.prepare(request);
      // The daemon prepares what it resumes: with what the run was started with.
      case RESUME -> {
        runId = request.runId();
        yield RunMessages.start(request, id());
      }
      case ATTACH -> {
        runId = request.runId();
        yield RunMessages.attach(id(), OptionalLong.empty(), RunMessages.ATTACH);
      }
    };
  }

  private Outcome comeBack(Connector connector, Outcome.Lost lost) throws InterruptedException {
    heard = false;
    DaemonLink again;
    try {
      again = connect(connector);
    } catch (Fault nobodyThere) {
      return lost;
    }
    requests.note("The connection was lost and is there again.");
    requests.awaitSnapshot();
    // The replay has what was missed; an answer of ours that was lost shows by what is open.
    return over(
        again,
        List.of(
            RunMessages.attach(id(), lastSeq, RunMessages.ATTACH),
            RunMessages.attach(id(), OptionalLong.empty(), RunMessages.STANDING)));
  }

  private DaemonLink connect(Connector connector) throws InterruptedException {
    links++;
    return connector.connect(mailbox.listener(links));
  }

  private Outcome over(DaemonLink open, List<ObjectNode> first) throws InterruptedException {
    try (open) {
      link = Optional.of(open);
      for (ObjectNode message : first) {
        open.send(message);
      }
      return follow();
    } catch (Fault lost) {
      return new Outcome.Lost(lost.message());
    }
  }

  private Outcome follow() throws InterruptedException {
    while (true) {
      Optional<Happening> happening = next();
      if (happening.isEmpty()) {
        return end().stopped();
      }
      Optional<Outcome> end = on(happening.get());
      if (end.isPresent()) {
        return end.get();
      }
    }
  }

  private Optional<Happening> next() throws InterruptedException {
    return stopping
        ? mailbox.poll((stopDeadline - clock.nanos()) / 1_000_000)
        : Optional.of(mailbox.take());
  }

  private Optional<Outcome> on(Happening happening) throws InterruptedException {
    return switch (happening) {
      case Happening.Said(int over, JsonNode message) ->
          over == links ? onMessage(message) : Optional.empty();
      case Happening.LinkEnded(int over, String reason) ->
          over == links
              ? Optional.of(stopping ? end().stopped() : new Outcome.Lost(reason))
              : Optional.empty();
      case Happening.Typed(Optional<String> line) -> {
        requests.typed(line);
        yield Optional.empty();
      }
      case Happening.Interrupted() -> onInterrupt();
    };
  }

  private Optional<Outcome> onMessage(JsonNode message) throws InterruptedException {
    if (message.path("seq").isNumber()) {
      lastSeq = OptionalLong.of(message.path("seq").longValue());
      heard = true;
    }
    return switch (Json.text(message, "type").orElse("")) {
      case "run_snapshot" -> onSnapshot(message);
      case "run_prepared" -> {
        requests.show(message);
        onPrepared(message);
        yield Optional.empty();
      }
      case "strategy_started" -> {
        requests.show(message);
        yield request.detached() ? Optional.of(new Outcome.Left(id(), true)) : Optional.empty();
      }
      case "request_resolved" -> {
        requests.show(message);
        requests.resolved(message);
        yield Optional.empty();
      }
      case "error" -> {
        requests.show(message);
        // An answer that came too late, because another client was faster, is no end of the run.
        yield RunMessages.isVital(message)
            ? Optional.of(RunEnd.refused(message))
            : Optional.empty();
      }
      case "strategy_completed" -> {
        requests.show(message);
        yield Optional.of(end().completed(message));
      }
      case "strategy_error" -> {
        requests.show(message);
        yield Optional.of(end().failed(message.path("error")));
      }
      default -> {
        requests.show(message);
        Optional<Request> wanted = Request.read(message);
        if (wanted.isPresent()) {
          requests.add(wanted.get());
        }
        yield Optional.empty();
      }
    };
  }

  private void onPrepared(JsonNode message) throws InterruptedException {
    runId = Json.text(message, "runId");
    // Following from a number on shows the daemon that we know what it adds to the protocol, such
    // as the output of tools that still run. There is nothing to replay: the run has not begun.
    if (message.path("lastSeq").isNumber()) {
      send(RunMessages.subscribe(id(), message.path("lastSeq").longValue()));
    }
    send(RunMessages.start(request, id()));
  }

  private Optional<Outcome> onSnapshot(JsonNode snapshot) throws InterruptedException {
    boolean shown = RunMessages.isVital(snapshot);
    if (shown) {
      requests.show(snapshot);
      lastSeq = OptionalLong.of(snapshot.path("lastSeq").asLong(0));
      heard = true;
    }
    Optional<Outcome> end = shown ? end().of(snapshot) : Optional.empty();
    if (end.isEmpty()) {
      requests.replaceBy(
          StreamSupport.stream(snapshot.path("pending").spliterator(), false)
              .flatMap(open -> Request.read(open).stream())
              .toList());
    }
    return end;
  }

  private void give(Request wanted, Reply reply) throws InterruptedException {
    switch (reply) {
      case Reply.Answer(String text) -> send(wanted.answer(id(), text));
      case Reply.GiveUp(String why) -> {
        gaveUp = Optional.of(why);
        stop();
      }
      case Reply.AskAgain(), Reply.LeaveToOthers() -> {}
    }
  }

  private Optional<Outcome> onInterrupt() throws InterruptedException {
    if (request.verb() == Verb.ATTACH) {
      return Optional.of(new Outcome.Left(id(), false));
    }
    if (runId.isEmpty()) {
      return Optional.of(new Outcome.Stopped(true));
    }
    if (!stopping) {
      requests.close();
      view.note("Stopping the run …");
      stop();
    }
    return Optional.empty();
  }

  private void stop() throws InterruptedException {
    stopping = true;
    stopDeadline = clock.nanos() + STOP_PATIENCE.toNanos();
    send(RunMessages.stop(id()));
  }

  private void send(ObjectNode message) throws InterruptedException {
    link.orElseThrow().send(message);
  }

  private String id() {
    return runId.orElse("");
  }

  private RunEnd end() {
    return new RunEnd(id(), stopping, gaveUp);
  }
}
