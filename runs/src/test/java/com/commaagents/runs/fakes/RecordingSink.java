package com.commaagents.runs.fakes;

import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.RunId;
import com.commaagents.runs.hub.EventSink;
import com.commaagents.runs.message.PublishedMessage;
import com.commaagents.runs.message.RunMessage;
import com.commaagents.runs.message.RunNotice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/// What each client was told, in order.
public final class RecordingSink implements EventSink {
  private record Told(ClientId client, PublishedMessage message) {}

  private record Noticed(ClientId client, RunNotice notice) {}

  private final List<Told> all = new ArrayList<>();
  private final List<Noticed> notices = new ArrayList<>();

  @Override
  public synchronized void broadcast(PublishedMessage message, Collection<ClientId> subscribers) {
    subscribers.forEach(client -> all.add(new Told(client, message)));
  }

  @Override
  public synchronized void send(ClientId client, PublishedMessage message) {
    all.add(new Told(client, message));
  }

  @Override
  public synchronized void send(ClientId client, RunNotice notice) {
    notices.add(new Noticed(client, notice));
  }

  /// The notices a client was told of a run.
  public synchronized List<RunNotice> noticesTo(ClientId client, RunId run) {
    return notices.stream()
        .filter(told -> told.client().equals(client) && told.notice().runId().equals(run))
        .map(Noticed::notice)
        .toList();
  }

  public synchronized List<PublishedMessage> to(ClientId client, RunId run) {
    return all.stream()
        .filter(told -> told.client().equals(client) && told.message().runId().equals(run))
        .map(Told::message)
        .toList();
  }

  /// The kinds of message a client was told, for example `StepStarted`.
  public List<String> kinds(ClientId client, RunId run) {
    return to(client, run).stream()
        .map(message -> message.message().getClass().getSimpleName())
        .toList();
  }

  /// Waits until a client was told such a message, and returns it.
  public RunMessage await(ClientId client, RunId run, Predicate<RunMessage> wanted) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                to(client, run).stream()
                    .map(PublishedMessage::message)
                    .filter(wanted)
                    .findFirst()
                    .orElse(null),
            found -> found != null);
  }
}
