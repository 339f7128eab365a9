package com.commaagents.tools;

import com.commaagents.engine.event.EngineEvent;
import com.commaagents.engine.event.Journal;
import com.commaagents.engine.event.ToolOutput;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A journal in memory.
public final class RememberingJournal implements Journal {
  private final List<EngineEvent> events = new CopyOnWriteArrayList<>();

  @Override
  public void add(EngineEvent event) {
    events.add(event);
  }

  @Override
  public void show(ToolOutput output) {}

  @Override
  public void flush() {}

  public List<EngineEvent> events() {
    return events;
  }

  public List<EngineEvent.ToolMutation> mutations() {
    return events.stream()
        .filter(EngineEvent.ToolMutation.class::isInstance)
        .map(EngineEvent.ToolMutation.class::cast)
        .toList();
  }
}
