package com.commaagents.runs.fakes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Strategy files for [FakeModels].
public final class Strategies {
  private static final Map<String, String> FLOWS =
      Map.of(
          "echo", "{type: sequential, name: main, steps: [{agent: echo}, {agent: echo}]}",
          "fail", "{type: sequential, name: main, steps: [{agent: echo}, {agent: fail}]}",
          "hang", "{type: sequential, name: main, steps: [{agent: hang}]}",
          "forever", "{type: sequential, name: main, steps: [{agent: echo}, {agent: forever}]}",
          "chatter", "{type: sequential, name: main, steps: [{agent: chatter}, {agent: echo}]}",
          "chat",
              "{type: sequential, name: main, steps: [{agent: echo}, {agent: user}, {agent:"
                  + " echo}]}",
          "both",
              "{type: broadcast, name: main, steps: [{agent: chatter}, {agent: user}, {agent:"
                  + " echo}]}");

  private Strategies() {}

  /// Writes one file for each flow, named after it, with the ending `.yaml`.
  public static void write(Path folder) throws IOException {
    for (Map.Entry<String, String> flow : FLOWS.entrySet()) {
      Files.writeString(
          folder.resolve(flow.getKey() + ".yaml"),
          """
          name: %s
          version: "1"
          agents:
            user: { type: user }
            echo: { model: fake/echo }
            fail: { model: fake/fail }
            hang: { model: fake/hang }
            forever: { model: fake/forever }
            chatter: { model: fake/chatter }
          flow: %s
          """
              .formatted(flow.getKey(), flow.getValue()));
    }
  }
}
