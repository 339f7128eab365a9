package com.commaagents.tools.file;

import com.commaagents.base.fault.Fault;
import com.commaagents.engine.event.EngineEvent;
import com.commaagents.engine.event.EngineEvent.MutationKind;
import com.commaagents.engine.event.Journal;
import com.commaagents.engine.tool.ToolCallContext;
import com.commaagents.engine.tool.ToolSession.Mode;
import com.commaagents.tools.call.Interruption;
import com.commaagents.tools.call.IoErrors;
import com.commaagents.tools.disk.FileLocks;
import com.commaagents.tools.failure.ErrorKind;
import com.commaagents.tools.failure.ToolError;
import com.commaagents.tools.guard.Guard;
import com.commaagents.tools.guard.Resolved;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Makes changes of files one at a time for each file, and tells the journal of each, also of those
/// that failed.
///
/// The journal is told after the lock is given back, so that a slow disk under the journal holds up
/// nobody else; two changes of one file at once may be told in the other order, and their hashes
/// say which came first.
final class Mutations {
  private final FileLocks locks;
  private final Journal journal;

  Mutations(FileLocks locks, Journal journal) {
    this.locks = locks;
    this.journal = journal;
  }

  /// What is to be changed.
  record Subject(MutationKind kind, String toolName, Resolved file, Optional<Resolved> toFile) {
    List<Path> paths() {
      return toFile.map(to -> List.of(file.path(), to.path())).orElse(List.of(file.path()));
    }
  }

  /// A change that was made.
  ///
  /// @param toFile where a deleted file went; for other changes the subject says it
  record Done(
      String text,
      Optional<String> before,
      Optional<String> after,
      Optional<String> diff,
      Optional<Path> toFile) {
    Done(String text, Optional<String> before, Optional<String> after, Optional<String> diff) {
      this(text, before, after, diff, Optional.empty());
    }
  }

  interface Change {
    Done make() throws ToolError, IOException, InterruptedException;
  }

  /// Resolves and judges a path that is to be changed; a denial is told to the journal.
  Resolved admit(
      MutationKind kind, String toolName, Guard guard, String path, ToolCallContext context)
      throws ToolError, InterruptedException {
    Expected.nameOfAFile(path);
    Resolved resolved = guard.resolve(path);
    return admit(new Subject(kind, toolName, resolved, Optional.empty()), guard, path, context);
  }

  /// The same for where a file is to go.
  Resolved admitTarget(
      String toolName, Guard guard, Resolved from, String path, ToolCallContext context)
      throws ToolError, InterruptedException {
    Expected.nameOfAFile(path);
    Optional<Resolved> target = Optional.of(guard.resolve(path));
    return admit(new Subject(MutationKind.MOVE, toolName, from, target), guard, path, context);
  }

  private Resolved admit(Subject subject, Guard guard, String path, ToolCallContext context)
      throws ToolError, InterruptedException {
    try {
      return guard.admit(path, Mode.WRITE, context);
    } catch (ToolError denied) {
      throw failed(subject, context, denied);
    }
  }

  /// Makes a change and returns what the model is told.
  String make(Subject subject, ToolCallContext context, Change change)
      throws ToolError, InterruptedException {
    Done done;
    try {
      done = locks.<Done, ToolError>with(subject.paths(), change::make);
    } catch (ToolError error) {
      throw failed(subject, context, error);
    } catch (ClosedByInterruptException stopped) {
      throw Interruption.of(stopped);
    } catch (IOException error) {
      throw failed(subject, context, IoErrors.of(error, subject.file().shown()));
    } catch (Fault fault) {
      throw failed(subject, context, error(fault));
    }
    if (done.after().isEmpty() || !done.after().equals(done.before()) || isMove(subject)) {
      journal.add(event(subject, context, done));
    }
    return done.text();
  }

  private static boolean isMove(Subject subject) {
    return subject.kind() == MutationKind.MOVE;
  }

  /// A fault as a model is told it.
  static ToolError error(Fault fault) {
    ErrorKind kind =
        switch (fault.code()) {
          case NOT_FOUND -> ErrorKind.NOT_FOUND;
          case CONFLICT -> ErrorKind.ALREADY_EXISTS;
          case INVALID_INPUT,
              CREDENTIALS,
              LIMIT_EXCEEDED,
              UPSTREAM,
              PERSISTENCE,
              SHUTTING_DOWN,
              UNSUPPORTED ->
              ErrorKind.UNKNOWN;
        };
    return new ToolError(kind, fault.message(), next(kind));
  }

  // Only the trash speaks in faults.
  private static String next(ErrorKind kind) {
    return switch (kind) {
      case NOT_FOUND -> "give the trashedPath that delete_file told, or list .comma/trash.";
      case ALREADY_EXISTS -> "name another targetPath, or move_file what is there.";
      default -> "go on without it, and tell the user.";
    };
  }

  private ToolError failed(Subject subject, ToolCallContext context, ToolError error)
      throws InterruptedException {
    journal.add(
        new EngineEvent.ToolMutation(
            context.agentName(),
            subject.toolName(),
            subject.kind(),
            subject.file().path().toString(),
            subject.toFile().map(to -> to.path().toString()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(error.message())));
    return error;
  }

  private static EngineEvent event(Subject subject, ToolCallContext context, Done done) {
    return new EngineEvent.ToolMutation(
        context.agentName(),
        subject.toolName(),
        subject.kind(),
        subject.file().path().toString(),
        done.toFile().or(() -> subject.toFile().map(Resolved::path)).map(Path::toString),
        done.before(),
        done.after(),
        done.diff(),
        Optional.empty());
  }
}
