package com.commaagents.tools.file;

import com.commaagents.engine.event.EngineEvent.MutationKind;
import com.commaagents.engine.tool.ToolCallContext;
import com.commaagents.tools.call.Action;
import com.commaagents.tools.call.Arguments;
import com.commaagents.tools.disk.AtomicFile;
import com.commaagents.tools.disk.Content;
import com.commaagents.tools.disk.Diff;
import com.commaagents.tools.disk.Directory;
import com.commaagents.tools.disk.Sha256;
import com.commaagents.tools.disk.TextFile;
import com.commaagents.tools.failure.ToolError;
import com.commaagents.tools.file.Mutations.Done;
import com.commaagents.tools.file.Mutations.Subject;
import com.commaagents.tools.guard.Guard;
import com.commaagents.tools.guard.Resolved;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Replaces a file's content, in its newline style.
final class WriteFile implements Action {
  private static final String NAME = "write_file";

  private final Guard guard;
  private final Mutations mutations;
  private final AtomicFile files;

  WriteFile(Guard guard, Mutations mutations, AtomicFile files) {
    this.guard = guard;
    this.mutations = mutations;
    this.files = files;
  }

  @Override
  public String run(Arguments arguments, ToolCallContext context)
      throws ToolError, InterruptedException {
    Resolved file =
        mutations.admit(MutationKind.UPDATE, NAME, guard, arguments.text("path"), context);
    return mutations.make(
        new Subject(MutationKind.UPDATE, NAME, file, Optional.empty()),
        context,
        () -> write(file, arguments.text("content"), arguments.text("expectedSha256")));
  }

  private Done write(Resolved file, String text, String expectedSha256)
      throws ToolError, IOException {
    try (Directory directory = Directory.open(file.folder())) {
      Content old = Content.read(directory, file.name());
      String before = old.sha256();
      Expected.hash(file, Optional.of(expectedSha256), before);
      byte[] content =
          TextFile.decode(old.bytes())
              .map(style -> style.encode(text))
              .orElseGet(() -> text.getBytes(StandardCharsets.UTF_8));
      Expected.unchanged(directory, file.name(), old.facts(), file);
      files.replace(directory, file.name(), content, old.facts());
      String after = Sha256.of(content);
      return new Done(
          "Wrote %s (%d bytes, sha256 %s)".formatted(file.shown(), content.length, after),
          Optional.of(before),
          Optional.of(after),
          Diff.of(file.name().toString(), old.bytes(), content));
    }
  }
}
