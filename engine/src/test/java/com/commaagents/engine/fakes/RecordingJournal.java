package com.commaagents.engine.fakes;

import com.commaagents.engine.event.EngineEvent;
import com.commaagents.engine.event.Journal;
import com.commaagents.engine.event.ToolOutput;
import java.util.ArrayList;
import java.util.List;

/// Keeps every event, and each as one short line; a flush is a line too.
public final class RecordingJournal implements Journal {
  private final List<EngineEvent> events = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private final List<ToolOutput> shown = new ArrayList<>();

  @Override
  public synchronized void add(EngineEvent event) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    events.add(event);
    lines.add(Lines.of(event));
  }

  @Override
  public synchronized void show(ToolOutput output) {
    shown.add(output);
  }

  @Override
  public synchronized void flush() {
    lines.add("flush");
  }

  public synchronized List<EngineEvent> events() {
    return List.copyOf(events);
  }

  public synchronized List<ToolOutput> shown() {
    return List.copyOf(shown);
  }

  public synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  public <T extends EngineEvent> List<T> events(Class<T> type) {
    return events().stream().filter(type::isInstance).map(type::cast).toList();
  }

  /// The lines that begin with one of some words.
  public List<String> lines(String... words) {
    return lines().stream().filter(line -> List.of(words).contains(line.split(" ", 2)[0])).toList();
  }
}
