package com.commaagents.cli.daemon;

import com.commaagents.base.id.RunId;
import com.commaagents.runs.store.StoreFolder;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/// The files of runs in the folder of this daemon, as far as they can be seen from outside.
public record RunFiles(Path folder) {
  /// All of them together.
  public record Total(long runs, long bytes) {}

  public Path timeline(RunId runId) {
    return folder.resolve(runId.value() + ".jsonl");
  }

  /// What a run takes on disk; empty when its timeline is not here.
  public OptionalLong bytes(RunId runId) {
    try {
      Path choices = folder.resolve(runId.value() + ".config.json");
      long beside = Files.exists(choices) ? Files.size(choices) : 0;
      return OptionalLong.of(Files.size(timeline(runId)) + beside);
    } catch (IOException gone) {
      return OptionalLong.empty();
    }
  }

  /// How many runs there are, and what they take; nothing where the folder cannot be read.
  public Total total() {
    long runs = 0;
    long bytes = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        OptionalLong size =
            StoreFolder.isTimelineName(name)
                ? RunId.parse(StoreFolder.stem(name)).map(this::bytes).orElse(OptionalLong.empty())
                : OptionalLong.empty();
        runs += size.isPresent() ? 1 : 0;
        bytes += size.orElse(0);
      }
    } catch (IOException unreadable) {
      return new Total(runs, bytes);
    }
    return new Total(runs, bytes);
  }
}
