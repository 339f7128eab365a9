package com.commaagents.engine.template;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import liqp.TemplateContext;
import liqp.filters.Filter;

/// The filters that show something of the outside: `env`, `file`, `exec`.
final class WorldFilters {
  /// Of a file, in which its first line has to end.
  static final int MAX_LINE_BYTES = 64 << 10;

  private static final Pattern SECRET =
      Pattern.compile("KEY|TOKEN|SECRET|PASSW|CREDENTIAL|AUTH|COOKIE");

  private WorldFilters() {}

  /// @param folder of the strategy file
  static List<Filter> of(TemplateWorld world, Path folder) {
    return List.of(
        filter("env", name -> variable(world, name)),
        filter("file", name -> firstLine(folder, name)),
        filter("exec", command -> output(world, folder, command)));
  }

  private static String variable(TemplateWorld world, String name) {
    if (world.credentialNames().contains(name)
        || SECRET.matcher(name.toUpperCase(Locale.ROOT)).find()) {
      throw new FilterFailure(
          "the filter env does not show "
              + name
              + ": it may hold a credential; use another variable");
    }
    String value = world.environment().get(name);
    if (value == null) {
      throw new FilterFailure(
          "the environment variable " + name + " is not set; set it before the daemon starts");
    }
    return value;
  }

  private static String firstLine(Path folder, String name) {
    try {
      Path file = folder.resolve(name).toRealPath();
      if (!file.startsWith(folder.toRealPath())) {
        throw new FilterFailure("the file " + name + " is outside of the strategy's folder");
      }
      if (!Files.isRegularFile(file)) {
        throw new FilterFailure(name + " is no regular file");
      }
      try (InputStream in = Files.newInputStream(file)) {
        byte[] start = in.readNBytes(MAX_LINE_BYTES + 1);
        String text = new String(start, StandardCharsets.UTF_8);
        String line = new BufferedReader(new StringReader(text)).readLine();
        if (line != null && line.length() == text.length() && start.length > MAX_LINE_BYTES) {
          throw new FilterFailure(
              "the first line of " + name + " is longer than " + MAX_LINE_BYTES + " bytes");
        }
        return line == null ? "" : line;
      }
    } catch (IOException | InvalidPathException unreadable) {
      throw new FilterFailure("the file " + name + " beside the strategy cannot be read");
    }
  }

  private static String output(TemplateWorld world, Path folder, String command) {
    try {
      return world
          .commands()
          .orElseThrow(() ->
              new FilterFailure(
                  "the filter exec is off; set templateExec in daemon.json to allow it"))
          .output(command, folder);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new FilterFailure("the command of the filter exec was stopped");
    } catch (IOException failed) {
      throw new FilterFailure("the command of the filter exec failed: " + failed.getMessage());
    }
  }

  private static Filter filter(String name, UnaryOperator<String> work) {
    return new Filter(name) {
      @Override
      public Object apply(Object value, TemplateContext context, Object... parameters) {
        return work.apply(asString(value, context));
      }
    };
  }
}
