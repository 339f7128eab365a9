package com.commaagents.engine.tool;

import java.util.List;
import java.util.Optional;

/// The tools of one run. Thread-safe; closed once, with the run.
public interface ToolSession extends AutoCloseable {
  /// The tool of a name that [ToolRegistry#names] holds.
  Tool tool(String name);

  /// Changes who may touch what from now on; reports the new policies through the journal.
  ///
  /// @param toolName the tool it is for; empty: all tools
  /// @return whether such a tool exists
  boolean updatePolicy(PolicyPatch patch, Optional<String> toolName);

  /// The tools of a strategy that an agent of this run launches: the same permissions, and state of
  /// their own. Closed by whoever asked for them, before this session.
  ToolSession forLaunched(ToolScope scope);

  /// Ends every process and releases everything the tools hold.
  @Override
  void close();

  /// A change of policy: patterns that are allowed or denied, and what happens to the rest.
  record PolicyPatch(
      Mode mode, List<String> allow, List<String> deny, Optional<Verdict> otherwise) {
    public PolicyPatch {
      allow = List.copyOf(allow);
      deny = List.copyOf(deny);
    }
  }

  /// What a policy is about: reading, or writing and running.
  enum Mode {
    READ,
    WRITE
  }

  /// What a policy says.
  enum Verdict {
    ALLOW,
    DENY,
    ASK
  }
}
