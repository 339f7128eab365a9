package com.commaagents.tools.command;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.json.Json;
import com.commaagents.base.time.Clock;
import com.commaagents.engine.model.ToolSpec;
import com.commaagents.tools.call.ActionTool;
import com.commaagents.tools.call.RunTools;
import com.commaagents.tools.call.Schema;
import com.commaagents.tools.call.ToolGroup;
import com.commaagents.tools.confinement.Confinement;
import com.commaagents.tools.process.CommandEnvironment;
import com.commaagents.tools.process.CommandRunner;
import com.commaagents.tools.shell.ShellScript;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// `run_command`.
public final class CommandTools implements ToolGroup {
  public static final String NAME = "run_command";
  static final int USUAL_TIMEOUT_MILLIS = 60_000;
  static final int MAX_TIMEOUT_MILLIS = 600_000;
  private static final String CONFINED =
      " It may write in the workspace and in temporary folders only.";

  private final Clock clock;
  private final IdGenerator ids;
  private final CommandEnvironment environment;
  private final Confinement confinement;
  private final ToolSpec spec;

  public CommandTools(
      Clock clock, IdGenerator ids, CommandEnvironment environment, Confinement confinement) {
    this.clock = clock;
    this.ids = ids;
    this.environment = environment;
    this.confinement = confinement;
    spec = spec(confinement.name().isPresent());
  }

  private static ToolSpec spec(boolean confined) {
    return new ToolSpec(
        NAME,
        "Runs a command line with bash in the workspace and waits for it. Answers with the exit"
            + " code, stdout and stderr, each up to 1 MiB. There is no terminal and no input."
            + " What runs in the background (&) must write to a file, not to the output, and ends"
            + " with the run. After 60 s it is ended, or after as long as timeoutMs says. When it"
            + " fails, read what it said and mend the cause before you run it again."
            + (confined ? CONFINED : ""),
        Schema.object()
            .required(
                "command",
                Schema.name("The command line.").put("maxLength", ShellScript.MAX_LENGTH))
            .optional("cwd", Schema.name("The folder to run in; without it the workspace."))
            .optional(
                "timeoutMs",
                Schema.integer(
                    "After this many milliseconds it is ended; 60000 without it, 600000 at most.",
                    1,
                    MAX_TIMEOUT_MILLIS))
            .optional("env", variables())
            .build(),
        false);
  }

  private static ObjectNode variables() {
    ObjectNode variables =
        Json.object()
            .put("type", "object")
            .put("description", "More environment variables, by name; at most 100.")
            .put("maxProperties", 100);
    variables.set("additionalProperties", Schema.text("Its value.").put("maxLength", 32_768));
    variables.putObject("propertyNames").put("pattern", "^[A-Za-z_][A-Za-z0-9_]*$");
    return variables;
  }

  @Override
  public List<ToolSpec> specs() {
    return List.of(spec);
  }

  @Override
  public OpenTools open(RunTools run) {
    CommandRunner runner =
        new CommandRunner(clock, ids, environment, confinement, run.workspace().root());
    RunCommand command = new RunCommand(run, run.guard(NAME), runner, confinement);
    return new OpenTools(List.of(new ActionTool(spec, command)), runner::close);
  }
}
