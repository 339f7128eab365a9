package com.commaagents.bench.tools;

import com.commaagents.engine.event.EngineEvent;
import com.commaagents.engine.event.Journal;
import com.commaagents.engine.event.ToolOutput;
import com.commaagents.engine.people.People;

/// Nobody to ask, and nobody who writes down: a measurement of one tool needs neither.
final class Nobody implements People, Journal {
  @Override
  public String input(String agentName, String path, String prompt) {
    throw new IllegalStateException("nobody is there");
  }

  @Override
  public Decision permission(PermissionRequest request) {
    return Decision.DENY;
  }

  @Override
  public String question(String agentName, String path, String toolName, String question) {
    throw new IllegalStateException("nobody is there");
  }

  @Override
  public void add(EngineEvent event) {}

  @Override
  public void show(ToolOutput output) {}

  @Override
  public void flush() {}
}
