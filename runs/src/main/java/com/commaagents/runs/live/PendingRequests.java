package com.commaagents.runs.live;

import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.IdGenerator;
import com.commaagents.engine.people.People;
import com.commaagents.runs.live.Mail.Resolution;
import com.commaagents.runs.message.RunMessage;
import com.commaagents.runs.message.RunNotice.Kind;
import com.commaagents.runs.timeline.TimelineEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What a run waits for from people, and their answers: the first answer to a request is taken,
/// every further one finds nobody waiting.
///
/// Limits: as many requests as agents and tools are at work; [#MAX_STEERING] texts queued for
/// agents, further ones are refused. Thread-safe: one private lock, never held while calling out.
final class PendingRequests implements People {
  static final int MAX_STEERING = 1_000;

  private final Mailbox mailbox;
  private final IdGenerator ids;
  private final Map<String, Waiting<String>> inputs = new LinkedHashMap<>();
  private final Map<String, Waiting<Decision>> permissions = new LinkedHashMap<>();
  private final Map<String, Waiting<String>> questions = new LinkedHashMap<>();
  private final List<TimelineEvent.Steering> steering = new ArrayList<>();
  private int admittedSteering;
  private boolean closed;

  PendingRequests(Mailbox mailbox, IdGenerator ids) {
    this.mailbox = mailbox;
    this.ids = ids;
  }

  /// A request and the place its answer is put.
  private record Waiting<T>(String agentName, Answer<Given<T>> answer) {}

  private record Given<T>(T value, ClientId by) {}

  @Override
  public String input(String agentName, String path, String prompt) throws InterruptedException {
    return ask(
        inputs,
        agentName,
        _ -> new RunMessage.InputRequested(agentName, path, prompt),
        text ->
            new TimelineEvent.UserInput(agentName, text, true, Optional.of(path), Optional.empty()),
        (_, by) -> new Resolution(Kind.INPUT, Optional.of(agentName), Optional.empty(), by));
  }

  @Override
  public Decision permission(PermissionRequest request) throws InterruptedException {
    return ask(
        permissions,
        request.agentName(),
        id -> new RunMessage.PermissionRequested(id, request),
        decision ->
            new TimelineEvent.PermissionDecided(
                decision, request.agentName(), request.toolName(), request.resource()),
        (id, by) -> new Resolution(Kind.PERMISSION, Optional.empty(), Optional.of(id), by));
  }

  @Override
  public String question(String agentName, String path, String toolName, String question)
      throws InterruptedException {
    return ask(
        questions,
        agentName,
        id -> new RunMessage.QuestionRequested(id, agentName, path, toolName, question),
        text ->
            new TimelineEvent.UserInput(agentName, text, true, Optional.empty(), Optional.empty()),
        (id, by) -> new Resolution(Kind.QUESTION, Optional.empty(), Optional.of(id), by));
  }

  @Override
  public List<String> takeSteering(String agentName, String path) throws InterruptedException {
    List<TimelineEvent.Steering> taken;
    synchronized (this) {
      taken = List.copyOf(steering);
      steering.clear();
      admittedSteering -= taken.size();
    }
    for (TimelineEvent.Steering given : taken) {
      mailbox.put(
          new Mail.SteeringTaken(
              new TimelineEvent.UserInput(
                  agentName, given.text(), true, Optional.of(path), Optional.of(given.id()))));
    }
    return taken.stream().map(TimelineEvent.Steering::text).toList();
  }

  /// Queues a text for the next agent call.
  ///
  /// @return whether it was; not when the run has ended or too many are queued
  boolean steer(String text) throws InterruptedException {
    synchronized (this) {
      if (closed || admittedSteering >= MAX_STEERING) {
        return false;
      }
      admittedSteering++;
    }
    TimelineEvent.Steering queued = new TimelineEvent.Steering(ids.next(), text);
    boolean noted = false;
    try {
      noted = mailbox.put(new Mail.Steered(queued));
    } finally {
      // Only now an agent may take it: on the timeline it stands before what the agent was told.
      queueSteering(queued, noted);
    }
    return noted;
  }

  /// Queues texts that are on the timeline already and were not used.
  synchronized void queueAgain(List<TimelineEvent.Steering> unused) {
    steering.addAll(0, unused);
    admittedSteering += unused.size();
  }

  /// Answers the oldest open input request of an agent.
  synchronized boolean answerInput(ClientId by, String agentName, String text) {
    for (var request : inputs.entrySet()) {
      if (request.getValue().agentName().equals(agentName)) {
        return give(inputs, request.getKey(), text, by);
      }
    }
    return false;
  }

  synchronized boolean decidePermission(ClientId by, String requestId, Decision decision) {
    return give(permissions, requestId, decision, by);
  }

  synchronized boolean answerQuestion(ClientId by, String requestId, String text) {
    return give(questions, requestId, text, by);
  }

  /// The run has ended: no answer finds anybody from now on.
  synchronized void close() {
    closed = true;
    inputs.clear();
    permissions.clear();
    questions.clear();
    steering.clear();
  }

  private interface Resolving {
    Resolution of(String id, ClientId by);
  }

  private <T> T ask(
      Map<String, Waiting<T>> open,
      String agentName,
      Function<String, RunMessage> request,
      Function<T, TimelineEvent> answer,
      Resolving resolving)
      throws InterruptedException {
    String id = ids.next();
    Waiting<T> waiting = new Waiting<>(agentName, new Answer<>());
    synchronized (this) {
      if (closed) {
        throw new InterruptedException("the run has ended");
      }
      open.put(id, waiting);
    }
    try {
      mailbox.put(new Mail.Asked(id, request.apply(id)));
      Given<T> given = waiting.answer().await();
      mailbox.put(new Mail.Answered(id, answer.apply(given.value()), resolving.of(id, given.by())));
      return given.value();
    } finally {
      synchronized (this) {
        open.remove(id);
      }
    }
  }

  private synchronized void queueSteering(TimelineEvent.Steering queued, boolean noted) {
    if (noted && !closed) {
      steering.add(queued);
    } else {
      admittedSteering--;
    }
  }

  private static <T> boolean give(Map<String, Waiting<T>> open, String id, T value, ClientId by) {
    Waiting<T> waiting = open.remove(id);
    return waiting != null && waiting.answer().give(new Given<>(value, by));
  }
}
