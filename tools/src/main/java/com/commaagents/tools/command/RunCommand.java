package com.commaagents.tools.command;

import com.commaagents.engine.tool.ToolCallContext;
import com.commaagents.engine.tool.ToolSession.Mode;
import com.commaagents.tools.call.Action;
import com.commaagents.tools.call.Arguments;
import com.commaagents.tools.call.RunTools;
import com.commaagents.tools.confinement.Confinement;
import com.commaagents.tools.failure.ErrorKind;
import com.commaagents.tools.failure.Printable;
import com.commaagents.tools.failure.ToolError;
import com.commaagents.tools.guard.CommandLine;
import com.commaagents.tools.guard.Guard;
import com.commaagents.tools.process.CommandResult;
import com.commaagents.tools.process.CommandResult.Ending;
import com.commaagents.tools.process.CommandResult.Output;
import com.commaagents.tools.process.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Runs a command line and tells how it went.
final class RunCommand implements Action {
  private static final int MAX_SHOWN_COMMAND = 200;
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final RunTools run;
  private final Guard guard;
  private final CommandRunner runner;
  private final Confinement confinement;

  RunCommand(RunTools run, Guard guard, CommandRunner runner, Confinement confinement) {
    this.run = run;
    this.confinement = confinement;
    this.guard = guard;
    this.runner = runner;
  }

  @Override
  public String run(Arguments arguments, ToolCallContext context)
      throws ToolError, IOException, InterruptedException {
    String command = arguments.text("command");
    Map<String, String> variables = variables(arguments);
    refuseZeros(command);
    Path directory = directory(arguments.optionalText("cwd"), context);
    guard.admitCommand(new CommandLine(command, variables, directory), context);
    int timeoutMillis = arguments.integer("timeoutMs", CommandTools.USUAL_TIMEOUT_MILLIS);
    CommandResult result =
        runner.run(
            new CommandRunner.Request(
                command, directory, variables, Duration.ofMillis(timeoutMillis)),
            context.live());
    return text(command, directory, result, timeoutMillis);
  }

  private static Map<String, String> variables(Arguments arguments) throws ToolError {
    Map<String, String> variables = arguments.map("env");
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      if (!VARIABLE.matcher(variable.getKey()).matches()) {
        throw new ToolError(
            ErrorKind.UNKNOWN,
            "This is no name of a variable: " + Printable.name(variable.getKey()),
            "use letters, digits and underscores.");
      }
      refuseZeros(variable.getValue());
    }
    return variables;
  }

  private static void refuseZeros(String text) throws ToolError {
    if (text.indexOf('\0') >= 0) {
      throw new ToolError(
          ErrorKind.UNKNOWN,
          "A command and its variables cannot hold a zero character",
          "leave it out, or let printf make it.");
    }
  }

  private Path directory(Optional<String> cwd, ToolCallContext context)
      throws ToolError, InterruptedException {
    if (cwd.isEmpty()) {
      return run.workspace().root();
    }
    Path directory = guard.admit(cwd.get(), Mode.WRITE, context).path();
    if (!Files.isDirectory(directory)) {
      throw new ToolError(
          ErrorKind.NOT_FOUND,
          "There is no folder " + Printable.name(cwd.get()),
          "leave cwd out, or find the folder with list_directory.");
    }
    return directory;
  }

  private String text(String command, Path directory, CommandResult result, int timeoutMillis)
      throws ToolError {
    String status =
        switch (result.ending()) {
          case Ending.Exited(int code) when code == 0 -> "STATUS: OK — exit code 0";
          case Ending.Exited(int code) ->
              "STATUS: FAILED — exit code "
                  + code
                  + " ("
                  + ErrorKind.COMMAND_FAILED.label()
                  + ")\nNext: the command did not succeed; find the cause in STDERR and STDOUT,"
                  + " mend it and run it again, or say that you are blocked."
                  + advice(result);
          case Ending.TimedOut() ->
              "STATUS: ENDED — it ran longer than "
                  + timeoutMillis
                  + " ms ("
                  + ErrorKind.TIMEOUT.label()
                  + ")\n"
                  + "Next: set a larger timeoutMs, do less at once, or start it in the background"
                  + " with its output in a file.";
          case Ending.FolderMoved() ->
              throw new ToolError(
                  ErrorKind.OUTSIDE_WORKSPACE,
                  "The folder to run in was exchanged for another just now",
                  "look at it with list_directory and try again.");
        };
    return "Ran `%s` in %s (%d ms).\n\n%s\n\nSTDOUT:\n%s\n\nSTDERR:\n%s"
        .formatted(
            shown(command),
            directory,
            result.took().toMillis(),
            status,
            shown(result.stdout()),
            shown(result.stderr()));
  }

  private String advice(CommandResult result) {
    return confinement
        .advice(result.stderr().text() + result.stdout().text(), run.workspace().root())
        .map(sentence -> "\n" + sentence)
        .orElse("");
  }

  private static String shown(String command) {
    String printable = Printable.name(command);
    return printable.length() <= MAX_SHOWN_COMMAND
        ? printable
        : printable.substring(0, MAX_SHOWN_COMMAND) + "…";
  }

  private static String shown(Output output) {
    return output.text() + (output.cut() ? "\n[cut: only the first 1 MiB is shown]" : "");
  }
}
