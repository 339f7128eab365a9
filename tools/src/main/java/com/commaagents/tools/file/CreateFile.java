package com.commaagents.tools.file;

import com.commaagents.engine.event.EngineEvent.MutationKind;
import com.commaagents.engine.tool.ToolCallContext;
import com.commaagents.tools.call.Action;
import com.commaagents.tools.call.Arguments;
import com.commaagents.tools.call.IoErrors;
import com.commaagents.tools.disk.AtomicFile;
import com.commaagents.tools.disk.Diff;
import com.commaagents.tools.disk.Directory;
import com.commaagents.tools.disk.Facts;
import com.commaagents.tools.disk.Sha256;
import com.commaagents.tools.failure.ErrorKind;
import com.commaagents.tools.failure.ToolError;
import com.commaagents.tools.file.Mutations.Done;
import com.commaagents.tools.file.Mutations.Subject;
import com.commaagents.tools.guard.Guard;
import com.commaagents.tools.guard.Resolved;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/// Creates a file that does not exist.
final class CreateFile implements Action {
  private static final String NAME = "create_file";

  private final Guard guard;
  private final Mutations mutations;
  private final AtomicFile files;

  CreateFile(Guard guard, Mutations mutations, AtomicFile files) {
    this.guard = guard;
    this.mutations = mutations;
    this.files = files;
  }

  @Override
  public String run(Arguments arguments, ToolCallContext context)
      throws ToolError, InterruptedException {
    String path = arguments.text("path");
    Resolved file = mutations.admit(MutationKind.CREATE, NAME, guard, path, context);
    byte[] content = arguments.text("content").getBytes(StandardCharsets.UTF_8);
    return mutations.make(
        new Subject(MutationKind.CREATE, NAME, file, Optional.empty()),
        context,
        () -> create(file, content, arguments.flag("createParentDirectories")));
  }

  private Done create(Resolved file, byte[] content, boolean makeParents)
      throws ToolError, IOException {
    try (Directory directory =
        makeParents ? Directory.make(file.folder()) : Directory.open(file.folder())) {
      Optional<Facts> there = directory.facts(file.name());
      if (there.isPresent()) {
        throw there.get().isDirectory() ? isFolder(file) : IoErrors.alreadyExists(file.shown());
      }
      files.create(directory, file.name(), content);
    } catch (NoSuchFileException noFolder) {
      throw new ToolError(
          ErrorKind.NOT_FOUND,
          "The folder of " + file.shown() + " does not exist",
          "set createParentDirectories to make it, or check the path.");
    }
    String sha256 = Sha256.of(content);
    return new Done(
        "Created %s (%d bytes, sha256 %s)".formatted(file.shown(), content.length, sha256),
        Optional.empty(),
        Optional.of(sha256),
        Diff.of(file.name().toString(), new byte[0], content));
  }

  private static ToolError isFolder(Resolved file) {
    return new ToolError(
        ErrorKind.ALREADY_EXISTS,
        "There is a folder already: " + file.shown(),
        "name a file in it, or another path; see what it holds with list_directory.");
  }
}
