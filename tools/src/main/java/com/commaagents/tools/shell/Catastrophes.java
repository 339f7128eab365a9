package com.commaagents.tools.shell;

import com.commaagents.tools.shell.ShellScript.Pipeline;
import com.commaagents.tools.shell.ShellScript.ShellCommand;
import com.commaagents.tools.shell.ShellScript.Word;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Recognises commands that would destroy the machine or take it down: they are never run, whatever
/// a policy says.
///
/// A net against accidents and careless models, not a jail: what a program computes while it runs
/// (decoded scripts, files written first) cannot be seen here. Scripts are read through quotes,
/// escapes, known variables, substitutions, `sh -c`, `eval`, wrappers such as `sudo`, and
/// here-documents. A text that is only printed (`echo "rm -rf /"`) is let through.
///
/// Limits: scripts in scripts [#MAX_DEPTH] deep, 200 functions in each; beyond is refused.
public final class Catastrophes {
  public static final int MAX_DEPTH = 8;

  private static final Set<String> SHELLS =
      Set.of("sh", "bash", "dash", "zsh", "ksh", "ash", "fish");
  private static final Set<String> INTERPRETERS =
      Set.of("python", "python2", "python3", "perl", "ruby", "node", "php", "pwsh");
  private static final Set<String> DOWNLOADERS =
      Set.of("curl", "wget", "fetch", "aria2c", "http", "https");

  // Programs that run the command in their arguments: it is looked for behind them.
  private static final Set<String> WRAPPERS =
      Set.of(
          "sudo",
          "doas",
          "runuser",
          "pkexec",
          "nsenter",
          "setpriv",
          "systemd-run",
          "env",
          "nohup",
          "exec",
          "command",
          "builtin",
          "time",
          "nice",
          "ionice",
          "stdbuf",
          "timeout",
          "setsid",
          "busybox",
          "toybox",
          "xargs",
          "strace",
          "watch",
          "chroot",
          "unshare",
          "flock",
          "parallel",
          "chrt",
          "taskset");

  private static final Pattern FUNCTION =
      Pattern.compile(
          "(?:function\\s+)?([^\\s(){};|&<>$`'\"]{1,64})\\s{0,8}\\(\\s{0,8}\\)\\s{0,8}[{(]"
              + "|function\\s{1,8}([^\\s(){};|&<>$`'\"]{1,64})\\s{1,8}\\{");
  private static final int MAX_FUNCTIONS = 200;
  private static final int MAX_FUNCTION_LENGTH = 4096;

  private final Map<String, String> variables;
  private final Targets targets;
  private final CommandRules rules;

  private Catastrophes(Path cwd, Path home) {
    variables = Map.of("PWD", cwd.toString(), "HOME", home.toString());
    targets = new Targets(cwd, home);
    rules = new CommandRules(targets);
  }

  /// What is catastrophic about a command line, as a phrase; empty when nothing is.
  ///
  /// @param cwd absolute; where it would run
  /// @param home the home folder of the user it would run as
  public static Optional<String> in(String commandLine, Path cwd, Path home) {
    return new Catastrophes(cwd, home).script(commandLine, new HashMap<>(), 0);
  }

  private Optional<String> script(String text, Map<String, String> known, int depth) {
    if (depth > MAX_DEPTH) {
      return Optional.of("commands nested too deeply to be read");
    }
    Optional<String> bomb = forkBomb(text);
    if (bomb.isPresent()) {
      return bomb;
    }
    Map<String, String> all = new HashMap<>(variables);
    all.putAll(known);
    for (Pipeline pipeline : ShellScript.read(text, all).pipelines()) {
      Optional<String> reason = pipeline(pipeline, depth);
      if (reason.isPresent()) {
        return reason;
      }
    }
    return Optional.empty();
  }

  // A function that starts itself twice, or in the background.
  private static Optional<String> forkBomb(String text) {
    Matcher function = FUNCTION.matcher(text);
    for (int count = 0; function.find(); count++) {
      if (count >= MAX_FUNCTIONS) {
        return Optional.of("more functions than can be read");
      }
      int end = Math.min(text.length(), function.end() + MAX_FUNCTION_LENGTH);
      int close = text.indexOf('}', function.end());
      String body = text.substring(function.end(), close < 0 ? end : Math.min(close, end));
      String name =
          Pattern.quote(Optional.ofNullable(function.group(1)).orElseGet(() -> function.group(2)));
      String alone = "(?<![\\w.-])" + name + "(?![\\w.-])";
      if (Pattern.compile(alone + "\\s*\\|\\s*" + alone + "|" + alone + "\\s*&(?!&)")
          .matcher(body)
          .find()) {
        return Optional.of("a fork bomb");
      }
    }
    return Optional.empty();
  }

  private Optional<String> pipeline(Pipeline pipeline, int depth) {
    String upstream = "";
    boolean downloads = false;
    for (ShellCommand stage : pipeline.stages()) {
      Optional<String> reason =
          command(stage, pipeline.directory(), upstream, depth)
              .or(() -> nested(stage, pipeline.directory(), depth));
      if (reason.isPresent()) {
        return reason;
      }
      if (downloads && runsItsInput(stage)) {
        return Optional.of("running a download without a look at it");
      }
      downloads |=
          behindWrappers(stage).map(found -> DOWNLOADERS.contains(found.name())).orElse(false);
      upstream = printed(stage).orElse(upstream);
    }
    return Optional.empty();
  }

  private Optional<String> nested(ShellCommand stage, String directory, int depth) {
    boolean run = behindWrappers(stage).map(Catastrophes::runsItsArguments).orElse(false);
    for (Word word : stage.words()) {
      for (String inner : word.scripts()) {
        if (run && downloads(inner)) {
          return Optional.of("running a download without a look at it");
        }
        Optional<String> reason = script(inner, Map.of("PWD", directory), depth + 1);
        if (reason.isPresent()) {
          return reason;
        }
      }
    }
    return Optional.empty();
  }

  private boolean downloads(String script) {
    return ShellScript.read(script, variables).pipelines().stream()
        .flatMap(pipeline -> pipeline.stages().stream())
        .anyMatch(stage -> DOWNLOADERS.contains(stage.name()));
  }

  private Optional<String> command(
      ShellCommand stage, String directory, String upstream, int depth) {
    Optional<String> written = targets.written(stage.written());
    if (written.isPresent()) {
      return written;
    }
    // Behind a wrapper the command may begin at any word; its options are too many to know.
    int last = WRAPPERS.contains(stage.name()) ? stage.words().size() : 1;
    for (int first = 0; first < Math.min(last, stage.words().size()); first++) {
      ShellCommand command = stage.from(first);
      boolean fed = first > 0 && stage.name().equals("xargs");
      Optional<String> reason =
          rules
              .reason(fed ? command.with(upstream) : command, Path.of(plain(directory)))
              .or(() -> inner(command, upstream, directory, depth));
      if (reason.isPresent()) {
        return reason;
      }
    }
    return Optional.empty();
  }

  private static String plain(String directory) {
    return directory.indexOf('\0') < 0 && directory.startsWith("/") ? directory : "/\uE000";
  }

  // Scripts in the arguments or the input of a command.
  private Optional<String> inner(
      ShellCommand command, String upstream, String directory, int depth) {
    Optional<String> text = Optional.empty();
    if (SHELLS.contains(command.name()) || command.name().equals("su")) {
      text = commandOption(command.arguments());
      if (text.isEmpty() && readsInput(command.arguments())) {
        text = command.input().or(() -> Optional.of(upstream));
      }
    } else if (command.name().equals("eval")) {
      text = Optional.of(String.join(" ", command.arguments()));
    } else if (command.name().equals("trap")) {
      text = command.arguments().stream().findFirst();
    } else if (command.name().equals("find")) {
      text = execution(command.arguments());
    }
    return text.flatMap(script -> script(script, Map.of("PWD", directory), depth + 1));
  }

  private static Optional<String> commandOption(List<String> arguments) {
    for (int i = 0; i + 1 < arguments.size(); i++) {
      String option = arguments.get(i);
      boolean cluster = option.startsWith("-") && !option.startsWith("--");
      if ((cluster && option.contains("c")) || option.equals("--command")) {
        return arguments.stream().skip(i + 1L).filter(next -> !next.startsWith("-")).findFirst();
      }
    }
    return Optional.empty();
  }

  private static Optional<String> execution(List<String> arguments) {
    int from = Math.max(arguments.indexOf("-exec"), arguments.indexOf("-execdir"));
    return from < 0
        ? Optional.empty()
        : Optional.of(String.join(" ", arguments.subList(from + 1, arguments.size())));
  }

  private static boolean readsInput(List<String> arguments) {
    return arguments.contains("-s")
        || arguments.stream().allMatch(word -> word.startsWith("-") || word.startsWith("/dev/"));
  }

  private static boolean runsItsInput(ShellCommand stage) {
    return behindWrappers(stage)
        .filter(found -> SHELLS.contains(found.name()) || INTERPRETERS.contains(found.name()))
        .filter(found -> {
          boolean file = found.arguments().stream().anyMatch(word -> !word.startsWith("-"));
          boolean shell = SHELLS.contains(found.name());
          boolean options = found.arguments().stream().anyMatch(word -> word.length() > 1);
          return shell
              ? commandOption(found.arguments()).isEmpty() && readsInput(found.arguments())
              : !file && !options;
        })
        .isPresent();
  }

  private static boolean runsItsArguments(ShellCommand command) {
    return SHELLS.contains(command.name())
        || Set.of("eval", "source", ".").contains(command.name());
  }

  private static Optional<ShellCommand> behindWrappers(ShellCommand stage) {
    if (!WRAPPERS.contains(stage.name())) {
      return Optional.of(stage);
    }
    for (int first = 1; first < stage.words().size(); first++) {
      ShellCommand command = stage.from(first);
      if (SHELLS.contains(command.name())
          || INTERPRETERS.contains(command.name())
          || DOWNLOADERS.contains(command.name())) {
        return Optional.of(command);
      }
    }
    return Optional.empty();
  }

  // Without the formats of printf, whose line breaks end commands.
  private static Optional<String> printed(ShellCommand stage) {
    return switch (stage.name()) {
      case "echo", "printf" ->
          Optional.of(
              String.join(
                      " ",
                      stage.arguments().stream()
                          .filter(word -> !word.startsWith("-") && !word.startsWith("%"))
                          .toList())
                  .replace("\\n", "\n"));
      case "cat", "tee" -> stage.input();
      default -> Optional.empty();
    };
  }
}
