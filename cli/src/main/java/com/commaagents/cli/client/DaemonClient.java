package com.commaagents.cli.client;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.json.Json;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Asks a daemon one thing after the other and waits for each answer. Used by one thread.
///
/// Limit: an answer is waited for at most [#PATIENCE] where nothing else is said. What is no answer
/// is left out.
public final class DaemonClient implements AutoCloseable {
  /// A run that has just ended is cleaned up within ten seconds before it can be deleted.
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  private final BlockingQueue<Optional<JsonNode>> answers;
  private final DaemonLink link;
  private int asked;

  private DaemonClient(BlockingQueue<Optional<JsonNode>> answers, DaemonLink link) {
    this.answers = answers;
    this.link = link;
  }

  /// Connects; as [DaemonLink#connect].
  public static DaemonClient connect(URI address, Optional<String> token)
      throws InterruptedException {
    BlockingQueue<Optional<JsonNode>> answers = new LinkedBlockingQueue<>();
    return new DaemonClient(answers, DaemonLink.connect(address, token, listener(answers)));
  }

  private static DaemonLink.Listener listener(BlockingQueue<Optional<JsonNode>> answers) {
    return new DaemonLink.Listener() {
      @Override
      public void said(JsonNode message) throws InterruptedException {
        // What happens in runs bears no number of ours: nothing piles up.
        if (message.has("requestId")) {
          answers.put(Optional.of(message));
        }
      }

      @Override
      public void ended(String reason) throws InterruptedException {
        answers.put(Optional.empty());
      }
    };
  }

  /// The answer to a request.
  ///
  /// @throws Fault `NOT_FOUND` or `CONFLICT` with the daemon's own words when it refuses;
  ///   `UPSTREAM` when it does not answer
  public JsonNode ask(ObjectNode request) throws InterruptedException {
    return ask(request, PATIENCE);
  }

  /// As [#ask(ObjectNode)], for what takes its time.
  public JsonNode ask(ObjectNode request, Duration patience) throws InterruptedException {
    String id = "ask-" + ++asked;
    link.send(request.put("requestId", id));
    while (true) {
      Optional<JsonNode> answer = next(patience);
      if (Json.text(answer.orElseThrow(DaemonClient::gone), "requestId")
          .filter(id::equals)
          .isPresent()) {
        return accepted(answer.get());
      }
    }
  }

  /// Makes a request that has no answer where it is taken, and returns when it was.
  ///
  /// @throws Fault as [#ask(ObjectNode)]
  public void tell(ObjectNode request) throws InterruptedException {
    String told = "ask-" + ++asked;
    link.send(request.put("requestId", told));
    // The daemon takes the requests of a connection in order.
    String after = "ask-" + ++asked;
    link.send(Json.object().put("type", "ping").put("requestId", after));
    while (true) {
      JsonNode answer = next(PATIENCE).orElseThrow(DaemonClient::gone);
      String to = Json.text(answer, "requestId").orElse("");
      if (to.equals(after)) {
        return;
      }
      if (to.equals(told)) {
        JsonNode _ = accepted(answer);
      }
    }
  }

  private Optional<JsonNode> next(Duration patience) throws InterruptedException {
    Optional<JsonNode> next = answers.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (next == null) {
      throw new Fault(
          FaultCode.UPSTREAM, "The daemon did not answer within " + patience.toSeconds() + " s.");
    }
    return next;
  }

  private static JsonNode accepted(JsonNode answer) {
    if (!Json.text(answer, "type").orElse("").equals("error")) {
      return answer;
    }
    String message = Json.text(answer, "message").orElse("The daemon refused.");
    throw new Fault(
        message.startsWith("Run not found") || message.startsWith("before:")
            ? FaultCode.NOT_FOUND
            : FaultCode.CONFLICT,
        message);
  }

  private static Fault gone() {
    return new Fault(FaultCode.UPSTREAM, "The connection to the daemon has ended.");
  }

  @Override
  public void close() {
    link.close();
  }
}
