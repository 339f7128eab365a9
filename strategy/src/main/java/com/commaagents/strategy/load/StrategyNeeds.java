package com.commaagents.strategy.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.commaagents.strategy.definition.AgentDefinition;
import com.commaagents.strategy.definition.AgentDefinition.SystemPrompt;
import com.commaagents.strategy.definition.Permissions;
import com.commaagents.strategy.definition.Permissions.Filesystem;
import com.commaagents.strategy.definition.Strategy;
import com.commaagents.strategy.source.SourceReader;
import com.commaagents.strategy.wording.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a strategy needs of the permissions of its project.
public final class StrategyNeeds {
  private static final Permissions CODE = new Permissions(false, Filesystem.NONE, false, true);
  private static final Permissions NETWORK = new Permissions(true, Filesystem.NONE, false, false);

  /// The filter that runs a command; a filter's name is always written out.
  private static final Pattern EXEC = Pattern.compile("\\|\\s*exec\\b");

  private StrategyNeeds() {}

  /// @param what needs it, such as `MCP server "x"`
  public record Need(String what, Permissions permissions) {}

  /// All of them, in the order of servers and agents in the file.
  public static List<Need> of(Strategy strategy) {
    List<Need> needs = new ArrayList<>();
    strategy
        .mcpServers()
        .forEach((id, server) ->
            needs.add(
                new Need(
                    "MCP server " + Shown.quoted(id), server.has("command") ? CODE : NETWORK)));
    strategy
        .agents()
        .forEach((name, agent) -> addAgent("agent " + Shown.quoted(name), agent, strategy, needs));
    return needs;
  }

  /// What agents need to use the servers that the strategy does not define itself; nothing where it
  /// is not known which there are.
  static List<Need> ofOtherServers(Strategy strategy, Available available) {
    List<Need> needs = new ArrayList<>();
    if (available.mcpServers() instanceof Names.Known) {
      strategy
          .agents()
          .forEach((name, agent) ->
              agent.equipment().mcpServers().stream()
                  .filter(id -> !strategy.mcpServers().containsKey(id))
                  .map(id -> ofServer(name, id, available))
                  .forEach(needs::add));
    }
    return needs;
  }

  private static Need ofServer(String agent, String id, Available available) {
    return new Need(
        "agent " + Shown.quoted(agent) + ": MCP server " + Shown.quoted(id),
        available.mcpPrograms().contains(id) ? CODE : NETWORK);
  }

  private static void addAgent(
      String who, AgentDefinition agent, Strategy strategy, List<Need> needs) {
    if (agent instanceof AgentDefinition.Custom) {
      needs.add(new Need(who, CODE));
    }
    for (String tool : agent.equipment().tools()) {
      needs.add(new Need(who + ": tool " + Shown.quoted(tool), Permissions.neededBy(tool)));
    }
    if (agent instanceof AgentDefinition.Llm llm
        && template(llm.systemPrompt(), strategy).filter(StrategyNeeds::runsCommands).isPresent()) {
      needs.add(new Need(who + ": the filter exec of its template", CODE));
    }
  }

  private static boolean runsCommands(String template) {
    return EXEC.matcher(template).find();
  }

  /// The text of a template; empty where there is none, also because its file cannot be read, which
  /// is told where it is rendered.
  private static Optional<String> template(SystemPrompt prompt, Strategy strategy) {
    if (!(prompt instanceof SystemPrompt.Template(String text, _))) {
      return Optional.empty();
    }
    if (!PromptBinder.namesFile(text)) {
      return Optional.of(text);
    }
    try (InputStream content = Files.newInputStream(strategy.file().resolveSibling(text))) {
      return Optional.of(new String(content.readNBytes(SourceReader.MAX_BYTES), UTF_8));
    } catch (IOException | InvalidPathException unreadable) {
      return Optional.empty();
    }
  }
}
