package com.commaagents.tools;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.time.Clock;
import com.commaagents.engine.model.ToolSpec;
import com.commaagents.engine.tool.ToolRegistry;
import com.commaagents.engine.tool.ToolScope;
import com.commaagents.engine.tool.ToolSession;
import com.commaagents.tools.call.RunTools;
import com.commaagents.tools.call.ToolGroup;
import com.commaagents.tools.command.CommandTools;
import com.commaagents.tools.file.FileTools;
import com.commaagents.tools.guard.Workspace;
import com.commaagents.tools.process.CommandEnvironment;
import com.commaagents.tools.lsp.LspTools;
import com.commaagents.tools.question.QuestionTools;
import com.commaagents.tools.search.SearchTools;
import com.commaagents.tools.todo.TodoTools;
import com.commaagents.tools.trash.Trash;
import com.commaagents.tools.web.WebTools;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The tools a strategy may name: files, search, commands, to-dos, questions, the web, and what is
/// added.
///
/// Opening a run's session makes nothing but the session; a tool is made when it is first wanted.
/// Thread-safe.
public final class BuiltInTools implements ToolRegistry {
  private final Map<String, ToolGroup> groups;
  private final ToolSettings settings;

  /// @param trash where deleted files go; the daemon lists and clears the same one
  /// @param more further groups of tools
  /// @throws IllegalArgumentException when two tools have one name
  public BuiltInTools(
      ToolSettings settings, Clock clock, IdGenerator ids, Trash trash, List<ToolGroup> more) {
    this.settings = settings;
    CommandEnvironment environment =
        new CommandEnvironment(settings.environment(), settings.credentialNames(), ids);
    List<ToolGroup> all =
        new ArrayList<>(
            List.of(
                new FileTools(ids, trash),
                new SearchTools(clock),
                new CommandTools(clock, ids, environment, settings.confinement()),
                new TodoTools(),
                new QuestionTools(),
                new WebTools(settings.webfetchAllow()),
                new LspTools()));
    all.addAll(more);
    Map<String, ToolGroup> byName = new HashMap<>();
    for (ToolGroup group : all) {
      for (ToolSpec spec : group.specs()) {
        if (byName.put(spec.name(), group) != null) {
          throw new IllegalArgumentException("two tools are named " + spec.name());
        }
      }
    }
    groups = Map.copyOf(byName);
  }

  @Override
  public Set<String> names() {
    return groups.keySet();
  }

  @Override
  public ToolSession open(ToolScope scope) {
    Workspace workspace = Workspace.of(scope, settings.home(), settings.commands());
    return new RunSession(groups, new RunTools(workspace, Set.of(CommandTools.NAME)));
  }
}
