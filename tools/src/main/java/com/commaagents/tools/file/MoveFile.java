package com.commaagents.tools.file;

import com.commaagents.engine.event.EngineEvent.MutationKind;
import com.commaagents.engine.tool.ToolCallContext;
import com.commaagents.tools.call.Action;
import com.commaagents.tools.call.Arguments;
import com.commaagents.tools.call.IoErrors;
import com.commaagents.tools.disk.AtomicFile;
import com.commaagents.tools.disk.Content;
import com.commaagents.tools.disk.Diff;
import com.commaagents.tools.disk.Directory;
import com.commaagents.tools.disk.Facts;
import com.commaagents.tools.disk.NotRegularFileException;
import com.commaagents.tools.disk.OpenFile;
import com.commaagents.tools.disk.Sha256;
import com.commaagents.tools.failure.ErrorKind;
import com.commaagents.tools.failure.ToolError;
import com.commaagents.tools.file.Mutations.Done;
import com.commaagents.tools.file.Mutations.Subject;
import com.commaagents.tools.guard.Guard;
import com.commaagents.tools.guard.Resolved;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;

/// Moves a file, also to another disk.
final class MoveFile implements Action {
  private static final String NAME = "move_file";

  private final Guard guard;
  private final Mutations mutations;
  private final AtomicFile files;

  MoveFile(Guard guard, Mutations mutations, AtomicFile files) {
    this.guard = guard;
    this.mutations = mutations;
    this.files = files;
  }

  @Override
  public String run(Arguments arguments, ToolCallContext context)
      throws ToolError, InterruptedException {
    Resolved from =
        mutations.admit(MutationKind.MOVE, NAME, guard, arguments.text("fromPath"), context);
    Resolved to = mutations.admitTarget(NAME, guard, from, arguments.text("toPath"), context);
    return mutations.make(
        new Subject(MutationKind.MOVE, NAME, from, Optional.of(to)),
        context,
        () -> move(from, to, arguments));
  }

  private Done move(Resolved from, Resolved to, Arguments arguments) throws ToolError, IOException {
    Expected.noLink(from);
    Expected.noLink(to);
    try (Directory source = Directory.open(from.folder());
        Directory target = openTarget(to)) {
      Facts facts = Expected.regularFile(source, from);
      String sha256;
      try (OpenFile opened = source.read(from.name())) {
        sha256 = Sha256.of(opened.channel());
      }
      Expected.hash(from, Optional.of(arguments.text("expectedSha256")), sha256);
      if (from.path().equals(to.path())) {
        throw new ToolError(
            ErrorKind.ALREADY_EXISTS, from.shown() + " is there already", "name another toPath.");
      }
      Optional<Facts> there = there(target, to, arguments.flag("overwrite"));
      boolean reserved = there.isEmpty();
      Optional<String> diff =
          reserved
              ? reserve(target, to)
              : diff(source, from, target, to, List.of(facts, there.get()));
      boolean done = false;
      try {
        Expected.unchanged(source, from.name(), facts, from);
        rename(source, from, target, to);
        done = true;
      } finally {
        if (reserved && !done) {
          target.deleteFile(to.name());
        }
      }
      return new Done(
          "Moved %s to %s (sha256 %s)".formatted(from.shown(), to.shown(), sha256)
              + (reserved ? "" : ", over the file that was there"),
          Optional.of(sha256),
          Optional.of(sha256),
          diff);
    }
  }

  private static Directory openTarget(Resolved to) throws IOException, ToolError {
    try {
      return Directory.open(to.folder());
    } catch (NoSuchFileException noFolder) {
      throw new ToolError(
          ErrorKind.NOT_FOUND,
          "The folder of " + to.shown() + " does not exist",
          "make it first, for example with run_command: mkdir -p.");
    }
  }

  // The file that would be overwritten.
  private static Optional<Facts> there(Directory target, Resolved to, boolean overwrite)
      throws IOException, ToolError {
    Optional<Facts> there = target.facts(to.name());
    if (there.isPresent() && !there.get().isFile()) {
      throw IoErrors.of(new NotRegularFileException(to.shown(), there.get().kind()), to.shown());
    }
    if (there.isPresent() && !overwrite) {
      throw new ToolError(
          ErrorKind.ALREADY_EXISTS,
          "There is a file already: " + to.shown(),
          "name another toPath, or set overwrite to replace it.");
    }
    return there;
  }

  // Takes the new name, so that nothing that appears there meanwhile is overwritten.
  private static Optional<String> reserve(Directory target, Resolved to) throws IOException {
    AtomicFile.reserve(target, to.name());
    return Optional.empty();
  }

  // What is lost at the new name; a move alone changes no content.
  private static Optional<String> diff(
      Directory source, Resolved from, Directory target, Resolved to, List<Facts> sizes)
      throws IOException, ToolError {
    if (sizes.stream().anyMatch(facts -> facts.size() > Content.MAX_BYTES)) {
      return Optional.empty();
    }
    return Diff.of(
        to.name().toString(),
        Content.read(target, to.name()).bytes(),
        Content.read(source, from.name()).bytes());
  }

  private void rename(Directory source, Resolved from, Directory target, Resolved to)
      throws IOException {
    try {
      source.move(from.name(), target, to.name());
    } catch (AtomicMoveNotSupportedException otherDisk) {
      files.copy(source, from.name(), target, to.name());
      source.deleteFile(from.name());
    }
  }
}
