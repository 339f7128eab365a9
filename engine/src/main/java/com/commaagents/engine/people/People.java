package com.commaagents.engine.people;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Port: the people who follow a run. Every call waits until somebody has answered; an interruption
/// ends the wait. Thread-safe; several requests may be open at once.
public interface People {
  /// Asks for the text a user agent says.
  ///
  /// @param prompt what the person sees; may be empty
  String input(String agentName, String path, String prompt) throws InterruptedException;

  Decision permission(PermissionRequest request) throws InterruptedException;

  String question(String agentName, String path, String toolName, String question)
      throws InterruptedException;

  /// Takes the steering that people have queued, oldest first; each text is given out once. Asked
  /// at the start of each call of an LLM agent, and by agents of added types when they like; does
  /// not wait for people. Where nobody can steer, there is none.
  default List<String> takeSteering(String agentName, String path) throws InterruptedException {
    return List.of();
  }

  /// @param resource the absolute path or the command line it is about
  /// @param details more for the person, an object; empty: nothing
  record PermissionRequest(
      String agentName,
      String path,
      String toolName,
      Operation operation,
      String resource,
      Reason reason,
      Optional<JsonNode> details) {}

  enum Operation {
    READ("fs.read"),
    WRITE("fs.write"),
    EXECUTE("fs.exec");

    private final String label;

    Operation(String label) {
      this.label = label;
    }

    /// As on the wire.
    public String label() {
      return label;
    }
  }

  enum Reason {
    POLICY_ASK,
    POLICY_DENY_OVERRIDE;

    /// As on the wire, for example `policy-ask`.
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// What a person decided; the session forms hold for the rest of the run.
  enum Decision {
    ALLOW,
    DENY,
    ALLOW_SESSION,
    DENY_SESSION;

    /// As on the wire, for example `allow-session`.
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public boolean allows() {
      return this == ALLOW || this == ALLOW_SESSION;
    }
  }
}
