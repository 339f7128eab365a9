package com.commaagents.cli.run;

import tools.jackson.databind.JsonNode;

/// Shows a run's messages, each as it comes. Called by one thread.
public interface EventView {
  /// Any message of the daemon about this run, in order, as it stands on the wire.
  void show(JsonNode message);

  /// A sentence of our own between the messages, such as that a request was denied.
  void note(String sentence);

  /// A person is asked now: what is shown later starts on a line of its own.
  void pause();

  /// The end; nothing follows.
  void end(Outcome outcome);
}
