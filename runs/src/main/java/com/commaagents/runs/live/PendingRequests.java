package com.commaagents.runs.live;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.engine.people.People;
import com.commaagents.runs.message.RunMessage;
import com.commaagents.runs.timeline.TimelineEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a run waits for from people, and their answers: the first answer to a request is taken,
/// every further one finds nobody waiting.
///
/// Limits: as many requests as agents and tools are at work; [#MAX_STEERING] texts queued for
/// agents. Thread-safe: one private lock, never held while calling out.
final class PendingRequests implements People {
  static final int MAX_STEERING = 1_000;

  private final Mailbox mailbox;
  private final IdGenerator ids;
  private final List<Waiting<String>> inputs = new ArrayList<>();
  private final Map<String, Waiting<Decision>> permissions = new LinkedHashMap<>();
  private final Map<String, Waiting<String>> questions = new LinkedHashMap<>();
  private final List<String> steering = new ArrayList<>();
  private int admittedSteering;
  private boolean closed;

  PendingRequests(Mailbox mailbox, IdGenerator ids) {
    this.mailbox = mailbox;
    this.ids = ids;
  }

  /// One request and the place its answer is put; `key` is the agent's name for inputs.
  private record Waiting<T>(String key, Answer<T> answer) {}

  @Override
  public String input(String agentName, String path, String prompt) throws InterruptedException {
    Waiting<String> waiting = new Waiting<>(agentName, new Answer<>());
    synchronized (this) {
      refuseWhenClosed();
      inputs.add(waiting);
    }
    try {
      tell(new RunMessage.InputRequested(agentName, path, prompt));
      String text = waiting.answer().await();
      keep(new TimelineEvent.UserInput(agentName, text, true));
      return text;
    } finally {
      synchronized (this) {
        inputs.remove(waiting);
      }
    }
  }

  @Override
  public Decision permission(PermissionRequest request) throws InterruptedException {
    Waiting<Decision> waiting = new Waiting<>(ids.next(), new Answer<>());
    synchronized (this) {
      refuseWhenClosed();
      permissions.put(waiting.key(), waiting);
    }
    try {
      tell(new RunMessage.PermissionRequested(waiting.key(), request));
      Decision decision = waiting.answer().await();
      keep(
          new TimelineEvent.PermissionDecided(
              decision, request.agentName(), request.toolName(), request.resource()));
      return decision;
    } finally {
      synchronized (this) {
        permissions.remove(waiting.key());
      }
    }
  }

  @Override
  public String question(String agentName, String path, String toolName, String question)
      throws InterruptedException {
    Waiting<String> waiting = new Waiting<>(ids.next(), new Answer<>());
    synchronized (this) {
      refuseWhenClosed();
      questions.put(waiting.key(), waiting);
    }
    try {
      tell(new RunMessage.QuestionRequested(waiting.key(), agentName, path, toolName, question));
      String text = waiting.answer().await();
      keep(new TimelineEvent.UserInput(agentName, text, true));
      return text;
    } finally {
      synchronized (this) {
        questions.remove(waiting.key());
      }
    }
  }

  @Override
  public List<String> takeSteering(String agentName, String path) throws InterruptedException {
    List<String> taken;
    synchronized (this) {
      taken = List.copyOf(steering);
      steering.clear();
      admittedSteering -= taken.size();
    }
    for (String text : taken) {
      keep(new TimelineEvent.UserInput(agentName, text, true));
    }
    return taken;
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
    boolean noted = false;
    try {
      noted =
          mailbox.put(
              new Mail.Note(
                  Optional.of(new TimelineEvent.Steering(ids.next(), text)),
                  Optional.of(new RunMessage.SteerQueued(text))));
    } finally {
      // Only now an agent may take it: on the timeline it stands before what the agent was told.
      queueSteering(text, noted);
    }
    return noted;
  }

  /// Answers the oldest open input request of an agent.
  synchronized boolean answerInput(String agentName, String text) {
    for (Waiting<String> waiting : inputs) {
      if (waiting.key().equals(agentName)) {
        inputs.remove(waiting);
        return waiting.answer().give(text);
      }
    }
    return false;
  }

  synchronized boolean decidePermission(String requestId, Decision decision) {
    Waiting<Decision> waiting = permissions.remove(requestId);
    return waiting != null && waiting.answer().give(decision);
  }

  synchronized boolean answerQuestion(String requestId, String text) {
    Waiting<String> waiting = questions.remove(requestId);
    return waiting != null && waiting.answer().give(text);
  }

  /// The run has ended: no answer finds anybody from now on.
  synchronized void close() {
    closed = true;
    inputs.clear();
    permissions.clear();
    questions.clear();
    steering.clear();
  }

  private synchronized void queueSteering(String text, boolean noted) {
    if (noted && !closed) {
      steering.add(text);
    } else {
      admittedSteering--;
    }
  }

  private void refuseWhenClosed() throws InterruptedException {
    if (closed) {
      throw new InterruptedException("the run has ended");
    }
  }

  private void tell(RunMessage message) throws InterruptedException {
    mailbox.put(new Mail.Note(Optional.empty(), Optional.of(message)));
  }

  private void keep(TimelineEvent event) throws InterruptedException {
    mailbox.put(new Mail.Note(Optional.of(event), Optional.empty()));
  }
}
