package com.commaagents.tools;

import com.commaagents.engine.people.People;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// People who answer as the test has told them, and remember what they were asked.
public final class ScriptedPeople implements People {
  private final List<PermissionRequest> requests = new ArrayList<>();
  private final List<String> questions = new ArrayList<>();
  private final Deque<Decision> decisions = new ArrayDeque<>();
  private final Deque<String> answers = new ArrayDeque<>();
  private boolean deniesRest;
  private Runnable beforeAnswer = () -> {};

  public ScriptedPeople decide(Decision... next) {
    decisions.addAll(List.of(next));
    return this;
  }

  /// From now on everything that no other decision is there for is denied.
  public void denyAll() {
    deniesRest = true;
  }

  public void answer(String text) {
    answers.add(text);
  }

  public void beforeAnswer(Runnable action) {
    beforeAnswer = action;
  }

  public List<PermissionRequest> requests() {
    return requests;
  }

  public List<String> questions() {
    return questions;
  }

  @Override
  public String input(String agentName, String path, String prompt) {
    throw new IllegalStateException("no tool asks for input");
  }

  @Override
  public synchronized Decision permission(PermissionRequest request) {
    requests.add(request);
    beforeAnswer.run();
    if (decisions.isEmpty() && deniesRest) {
      return Decision.DENY;
    }
    if (decisions.isEmpty()) {
      throw new IllegalStateException("nobody was to be asked: " + request);
    }
    return decisions.removeFirst();
  }

  @Override
  public synchronized String question(
      String agentName, String path, String toolName, String question) {
    questions.add(agentName + " " + path + " " + toolName + ": " + question);
    return answers.removeFirst();
  }
}
