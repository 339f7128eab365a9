package com.commaagents.server.fakes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Strategy files for tests.
public final class Strategies {
  private Strategies() {}

  /// Writes `NAME.yaml`: one agent `a` on the model `fake/NAME`, with all tools, as the only step.
  public static Path of(Path folder, String name) throws IOException {
    return write(folder, name, name, "type: sequential", "steps: [{agent: a}]");
  }

  /// Writes `chat.yaml`: the person `user` speaks, `a` echoes it.
  public static Path chat(Path folder) throws IOException {
    return write(folder, "chat", "echo", "type: sequential", "steps: [{agent: user}, {agent: a}]");
  }

  /// As [#of], with the step repeated.
  public static Path cycle(Path folder, String name, int cycles) throws IOException {
    return write(folder, name, name, "type: cycle, cycles: " + cycles, "steps: [{agent: a}]");
  }

  private static Path write(Path folder, String name, String model, String type, String steps)
      throws IOException {
    return Files.writeString(
        folder.resolve(name + ".yaml"),
        """
        name: %s
        version: "1"
        agents:
          user: { type: user, config: { presetMessage: "Say something" } }
          a: { model: fake/%s, tools: [permission, question, talk] }
        flow: { %s, name: main, %s }
        """
            .formatted(name, model, type, steps));
  }
}
