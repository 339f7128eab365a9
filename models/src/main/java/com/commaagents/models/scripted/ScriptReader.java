package com.commaagents.models.scripted;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// Reads a script's text: agents to turns.
///
/// An agent has a list of turns, or one turn as it is.
final class ScriptReader {
  private static final int MAX_DEPTH = 50;

  private final Path file;
  private final Problems problems;
  private final TurnReader turns;

  ScriptReader(Path file) {
    this.file = file;
    this.problems = new Problems(file);
    this.turns = new TurnReader(problems);
  }

  /// @throws com.commaagents.base.fault.Fault `INVALID_INPUT` with every problem of the script
  Script read(String text) {
    Map<String, List<Turn>> agents = new LinkedHashMap<>();
    Optional<Node> root = compose(text);
    problems.throwIfAny();
    if (root.isPresent() && root.get() instanceof MappingNode mapping) {
      for (NodeTuple entry : mapping.getValue()) {
        addAgent(agents, entry);
      }
    }
    if (agents.isEmpty()) {
      problems.add(1, "must name agents with their turns, such as\n" + ScriptFolder.EXAMPLE);
    }
    problems.throwIfAny();
    return new Script(agents);
  }

  private Optional<Node> compose(String text) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(file.toString()).setSchema(new CoreSchema()).build();
    try {
      if (isTooDeep(settings, text)) {
        problems.add(1, "is nested more than " + MAX_DEPTH + " deep");
        return Optional.empty();
      }
      return new Compose(settings).composeString(text);
    } catch (MarkedYamlEngineException malformed) {
      int line = malformed.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      problems.add(line, "not valid YAML: " + malformed.getProblem());
    } catch (YamlEngineException malformed) {
      problems.add(1, "not valid YAML: " + malformed.getMessage());
    }
    return Optional.empty();
  }

  // Composing goes as deep on the stack as the file does; parsing does not.
  private static boolean isTooDeep(LoadSettings settings, String text) {
    int depth = 0;
    for (Event event : new Parse(settings).parseString(text)) {
      if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
        return true;
      } else if (event instanceof CollectionEndEvent) {
        depth--;
      }
    }
    return false;
  }

  private void addAgent(Map<String, List<Turn>> agents, NodeTuple entry) {
    if (!(entry.getKeyNode() instanceof ScalarNode key)) {
      problems.add(entry.getKeyNode(), "agent", "must be a name");
      return;
    }
    String agent = key.getValue();
    if (agents.containsKey(agent)) {
      problems.add(key, agent, "is there twice");
      return;
    }
    agents.put(agent, turns(entry.getValueNode(), agent));
  }

  private List<Turn> turns(Node node, String agent) {
    List<Turn> read = new ArrayList<>();
    if (node instanceof SequenceNode sequence) {
      for (Node turn : sequence.getValue()) {
        read.add(turns.read(turn, agent + "[" + read.size() + "]"));
      }
    } else {
      read.add(turns.read(node, agent));
    }
    if (read.isEmpty()) {
      problems.add(node, agent, "must have at least one turn");
    }
    return read;
  }
}
