package com.commaagents.runs.launch;

import com.commaagents.base.json.Json;
import com.commaagents.engine.model.ToolSpec;
import com.commaagents.engine.tool.Tool;
import com.commaagents.engine.tool.ToolCallContext;
import com.commaagents.engine.tool.ToolScope;
import com.commaagents.engine.tool.ToolSession;
import com.commaagents.strategy.discovery.Catalogue;
import com.commaagents.strategy.discovery.FoundStrategy;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The tools of a run with `launch_strategy` and `list_strategy` beside them.
///
/// Limit: a list shows [#MAX_LISTED] strategies and says how many more there are.
final class LaunchSession implements ToolSession {
  static final int MAX_LISTED = 200;
  static final String LAUNCH = "launch_strategy";
  static final String LIST = "list_strategy";
  static final Set<String> NAMES = Set.of(LAUNCH, LIST);

  private static final ToolSpec LAUNCH_SPEC =
      new ToolSpec(
          LAUNCH,
          "Runs another strategy, a team of agents, on a task and returns its result. It starts"
              + " with no knowledge of this conversation: put everything it needs into the input."
              + " Call list_strategy first to see the names. At most 8 may be launched inside each"
              + " other. When it fails, the answer says why: mend that, or do the step yourself.",
          launchSchema(),
          // What its agents had done when it was interrupted is recorded and not done again.
          true);
  private static final ToolSpec LIST_SPEC =
      new ToolSpec(
          LIST,
          "Lists the strategies that launch_strategy can run, with what each is for; 200 at most.",
          Json.object().put("type", "object").put("additionalProperties", false),
          true);

  private final ToolSession tools;
  private final Launcher launcher;
  private final Launcher.Site site;

  LaunchSession(ToolSession tools, Launcher launcher, Launcher.Site site) {
    this.tools = tools;
    this.launcher = launcher;
    this.site = site;
  }

  @Override
  public Tool tool(String name) {
    return switch (name) {
      case LAUNCH -> new LaunchTool();
      case LIST -> new ListTool();
      default -> tools.tool(name);
    };
  }

  @Override
  public boolean updatePolicy(PolicyPatch patch, Optional<String> toolName) {
    return tools.updatePolicy(patch, toolName);
  }

  @Override
  public ToolSession forLaunched(ToolScope scope) {
    return tools.forLaunched(scope);
  }

  @Override
  public void close() {
    tools.close();
  }

  private final class LaunchTool implements Tool {
    @Override
    public ToolSpec spec() {
      return LAUNCH_SPEC;
    }

    @Override
    public String call(JsonNode arguments, ToolCallContext call) throws InterruptedException {
      String name = Json.text(arguments, "name").orElseThrow();
      String text =
          launcher.launch(
              site,
              tools,
              call,
              name,
              Json.text(arguments, "input").orElseThrow(),
              Json.text(arguments, "modelOverride"));
      return "Launched \"" + name + "\" → " + text;
    }
  }

  private final class ListTool implements Tool {
    @Override
    public ToolSpec spec() {
      return LIST_SPEC;
    }

    @Override
    public String call(JsonNode arguments, ToolCallContext call) {
      Catalogue catalogue = launcher.catalogue(site);
      int count = catalogue.strategies().size();
      if (count == 0) {
        return "There are no strategies in this folder. Do the work yourself.";
      }
      StringBuilder list = new StringBuilder(count == 1 ? "1 strategy" : count + " strategies");
      for (FoundStrategy found : catalogue.strategies().subList(0, Math.min(count, MAX_LISTED))) {
        list.append("\n- ").append(found.name());
        found.description().ifPresent(text -> list.append(": ").append(text.strip()));
      }
      if (count > MAX_LISTED) {
        list.append("\n… and ").append(count - MAX_LISTED).append(" more");
      }
      return list.toString();
    }
  }

  private static ObjectNode launchSchema() {
    ObjectNode schema = Json.object().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    properties
        .putObject("name")
        .put("type", "string")
        .put("minLength", 1)
        .put("description", "The strategy's name, as list_strategy shows it.");
    properties
        .putObject("input")
        .put("type", "string")
        .put("description", "The task, with everything the strategy needs to know; may be empty.");
    properties
        .putObject("modelOverride")
        .put("type", "string")
        .put("minLength", 1)
        .put("description", "provider/model for all of its agents; without it their own.");
    schema.putArray("required").add("name").add("input");
    return schema.put("additionalProperties", false);
  }
}
