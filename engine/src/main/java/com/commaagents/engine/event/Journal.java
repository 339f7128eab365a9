package com.commaagents.engine.event;

/// Port: takes what the engine reports, in order; keeps what must be kept and tells clients. Used
/// by several threads at once.
///
/// Durable before visible: what is kept is on disk before a client hears of it.
public interface Journal {
  /// Adds an event. Returns at once unless very many are waiting to be written; then it waits for
  /// room. Events of a run that has ended are dropped.
  ///
  /// @throws InterruptedException when the run was stopped; also when it has ended, for its own
  ///   work
  void add(EngineEvent event) throws InterruptedException;

  /// Shows what a tool says to those who watch, after what was added before. Never waits and keeps
  /// nothing: where much waits to be told already, or the run has ended, it is left out.
  void show(ToolOutput output);

  /// Returns when everything added before by this thread is on disk; called before anything that
  /// cannot be undone.
  ///
  /// @throws InterruptedException when the run was stopped or its timeline cannot be written
  void flush() throws InterruptedException;
}
