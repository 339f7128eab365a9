package com.commaagents.tools.guard;

import com.commaagents.engine.people.People.Decision;
import com.commaagents.engine.people.People.Operation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What a person decided for the rest of the run, for one tool. Thread-safe.
///
/// Limit: [#MAX_REMEMBERED]; what is decided past it holds once only.
final class Decisions {
  static final int MAX_REMEMBERED = 10_000;
  private static final int MAX_NAME_LENGTH = 160;

  private final Map<Subject, Boolean> remembered = new LinkedHashMap<>();

  /// What is decided about.
  ///
  /// @param details what else was shown when it was asked; with another folder to run in, the same
  ///   command is another
  record Subject(Operation operation, String resource, Optional<JsonNode> details) {
    private String name(boolean allowed) {
      String kind = operation.label().substring(operation.label().indexOf('.') + 1);
      String name =
          "session-"
              + (allowed ? "allow-" : "deny-")
              + kind
              + "-"
              + resource.replaceAll("[^A-Za-z0-9]", "-");
      return name.length() <= MAX_NAME_LENGTH ? name : name.substring(0, MAX_NAME_LENGTH);
    }
  }

  synchronized Optional<Boolean> about(Subject subject) {
    return Optional.ofNullable(remembered.get(subject));
  }

  /// Whether there was something to remember.
  synchronized boolean add(Subject subject, Decision decision) {
    boolean lasts = decision == Decision.ALLOW_SESSION || decision == Decision.DENY_SESSION;
    if (lasts && remembered.size() < MAX_REMEMBERED) {
      remembered.put(subject, decision.allows());
    }
    return lasts;
  }

  synchronized List<String> names() {
    return remembered.entrySet().stream()
        .map(entry -> entry.getKey().name(entry.getValue()))
        .toList();
  }
}
