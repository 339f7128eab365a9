package com.commaagents.tools.file;

import com.commaagents.base.fault.Fault;
import com.commaagents.engine.event.EngineEvent.MutationKind;
import com.commaagents.engine.tool.ToolCallContext;
import com.commaagents.tools.call.Arguments;
import com.commaagents.tools.call.RunTools;
import com.commaagents.tools.disk.Content;
import com.commaagents.tools.disk.Diff;
import com.commaagents.tools.disk.Directory;
import com.commaagents.tools.disk.Facts;
import com.commaagents.tools.disk.OpenFile;
import com.commaagents.tools.disk.Sha256;
import com.commaagents.tools.failure.ToolError;
import com.commaagents.tools.file.Mutations.Done;
import com.commaagents.tools.file.Mutations.Subject;
import com.commaagents.tools.guard.Resolved;
import com.commaagents.tools.trash.Trash;
import com.commaagents.tools.trash.TrashEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Deletes files, into the trash or for good, and brings them back.
final class TrashActions {
  private static final String DELETE = "delete_file";
  private static final String RESTORE = "restore_file";

  private final RunTools run;
  private final Mutations mutations;
  private final Trash trash;

  TrashActions(RunTools run, Mutations mutations, Trash trash) {
    this.run = run;
    this.mutations = mutations;
    this.trash = trash;
  }

  String delete(Arguments arguments, ToolCallContext context)
      throws ToolError, InterruptedException {
    Resolved file =
        mutations.admit(
            MutationKind.DELETE, DELETE, run.guard(DELETE), arguments.text("path"), context);
    return mutations.make(
        new Subject(MutationKind.DELETE, DELETE, file, Optional.empty()),
        context,
        () -> delete(file, arguments, context));
  }

  private Done delete(Resolved file, Arguments arguments, ToolCallContext context)
      throws ToolError, IOException {
    Expected.noLink(file);
    try (Directory directory = Directory.open(file.folder())) {
      Facts facts = Expected.regularFile(directory, file);
      String sha256;
      try (OpenFile opened = directory.read(file.name())) {
        sha256 = Sha256.of(opened.channel());
      }
      Expected.hash(file, arguments.optionalText("expectedSha256"), sha256);
      Optional<String> diff = diff(directory, file, facts);
      Expected.unchanged(directory, file.name(), facts, file);
      if (arguments.flag("permanent")) {
        directory.deleteFile(file.name());
        return new Done(
            "Deleted %s for good (sha256 %s)".formatted(file.shown(), sha256),
            Optional.of(sha256),
            Optional.empty(),
            diff);
      }
      TrashEntry entry =
          trash.put(
              run.workspace().root(),
              directory,
              file.name(),
              sha256,
              run.scope().runId().value(),
              context.agentName());
      return new Done(
          "Deleted %s (sha256 %s). It is in the trash as %s; restore_file with this trashedPath brings it back."
              .formatted(file.shown(), sha256, local(entry.path())),
          Optional.of(sha256),
          Optional.empty(),
          diff,
          Optional.of(entry.path()));
    }
  }

  private static Optional<String> diff(Directory directory, Resolved file, Facts facts)
      throws IOException, ToolError {
    return facts.size() > Content.MAX_BYTES
        ? Optional.empty()
        : Diff.of(
            file.name().toString(), Content.read(directory, file.name()).bytes(), new byte[0]);
  }

  private Path local(Path path) {
    return path.startsWith(run.workspace().root()) ? run.workspace().root().relativize(path) : path;
  }

  String restore(Arguments arguments, ToolCallContext context)
      throws ToolError, InterruptedException {
    TrashEntry entry = entry(arguments.text("trashedPath"));
    Resolved from = new Resolved(entry.path(), false, local(entry.path()).toString());
    Resolved target =
        mutations.admitTarget(
            RESTORE,
            run.guard(RESTORE),
            from,
            arguments.optionalText("targetPath").orElse(entry.metadata().originalPath()),
            context);
    return mutations.make(
        new Subject(MutationKind.MOVE, RESTORE, from, Optional.of(target)),
        context,
        () -> restore(entry, target));
  }

  private TrashEntry entry(String trashedPath) throws ToolError, InterruptedException {
    try {
      return trash.entry(run.workspace().root(), trashedPath);
    } catch (Fault fault) {
      throw Mutations.error(fault);
    }
  }

  private Done restore(TrashEntry entry, Resolved target) throws InterruptedException, IOException {
    Trash.Restored restored = trash.restoreTo(entry, target);
    String sha256;
    try (Directory directory = Directory.open(target.folder());
        OpenFile opened = directory.read(target.name())) {
      sha256 = Sha256.of(opened.channel());
    }
    return new Done(
        "Restored %s (sha256 %s)".formatted(local(restored.restored()), sha256),
        Optional.of(sha256),
        Optional.of(sha256),
        Optional.empty());
  }
}
