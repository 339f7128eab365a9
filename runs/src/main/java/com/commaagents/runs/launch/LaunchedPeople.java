package com.commaagents.runs.launch;

import com.commaagents.engine.people.People;
import java.util.List;

/// The people of a run, asked by a launched strategy: the paths are those of the run.
final class LaunchedPeople implements People {
  private final People people;
  private final LaunchedJournal journal;

  LaunchedPeople(People people, LaunchedJournal journal) {
    this.people = people;
    this.journal = journal;
  }

  @Override
  public String input(String agentName, String path, String prompt) throws InterruptedException {
    return people.input(agentName, journal.path(path), prompt);
  }

  @Override
  public Decision permission(PermissionRequest request) throws InterruptedException {
    return people.permission(
        new PermissionRequest(
            request.agentName(),
            journal.path(request.path()),
            request.toolName(),
            request.operation(),
            request.resource(),
            request.reason(),
            request.details()));
  }

  @Override
  public String question(String agentName, String path, String toolName, String question)
      throws InterruptedException {
    return people.question(agentName, journal.path(path), toolName, question);
  }

  @Override
  public List<String> takeSteering(String agentName, String path) throws InterruptedException {
    return people.takeSteering(agentName, journal.path(path));
  }
}
