package com.commaagents.runs.care;

import com.commaagents.base.id.RunId;
import com.commaagents.runs.care.Finding.Kind;
import com.commaagents.runs.store.LineReader;
import com.commaagents.runs.store.StoreFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Looks after the folder of a file store: says what is wrong with it, and puts it right. Looking
/// changes nothing.
///
/// Limit: of a timeline that is written at the very moment it is looked at up to [#LOOKS] times.
public final class StoreCare {
  static final int LOOKS = 3;

  private static final String KEPT_JOURNAL = ".kept-";

  private final Path folder;
  private final int maxLineBytes;

  public StoreCare(Path folder) {
    this(folder, LineReader.MAX_LINE_BYTES);
  }

  StoreCare(Path folder, int maxLineBytes) {
    this.folder = folder;
    this.maxLineBytes = maxLineBytes;
  }

  /// Which runs somebody executes.
  @FunctionalInterface
  public interface LiveRuns {
    /// Whether a run is live right now, or may be.
    boolean mayBeLive(RunId runId) throws InterruptedException;
  }

  /// What the folder holds, and what is wrong with it.
  public record Report(int runs, List<Finding> findings) {
    public Report {
      findings = List.copyOf(findings);
    }
  }

  /// What a repair came to.
  ///
  /// @param originals where timelines lie now as they were before
  /// @param failures what could not be done
  public record Repair(List<Path> originals, List<Finding> failures) {
    public Repair {
      originals = List.copyOf(originals);
      failures = List.copyOf(failures);
    }
  }

  /// Looks at everything; a folder that is not there holds nothing.
  ///
  /// @throws IOException when the folder cannot be listed
  public Report examine(LiveRuns live) throws IOException, InterruptedException {
    List<Finding> findings = new ArrayList<>();
    int runs = 0;
    if (!Files.isDirectory(folder)) {
      return new Report(0, findings);
    }
    permissions(folder, findings);
    if (Files.exists(StoreFolder.journal(folder)) && StoreFolder.holder(folder).isEmpty()) {
      findings.add(
          Finding.of(
              Kind.JOURNAL_LEFT,
              StoreFolder.journal(folder),
              "the journal of a process that has died"));
    }
    for (Path file : files()) {
      Optional<RunId> run = look(file, findings);
      if (run.isPresent()) {
        runs++;
        findings.addAll(timeline(run.get(), file, live));
      }
    }
    return new Report(runs, findings);
  }

  /// Puts right what can be. Of a timeline that is written anew the original stays beside it.
  ///
  /// @param held that nobody else writes meanwhile
  public Repair repair(StoreFolder held, Instant now) throws IOException, InterruptedException {
    List<Path> originals = new ArrayList<>();
    List<Finding> failures = new ArrayList<>();
    Set<Path> rewritten = new LinkedHashSet<>();
    for (Finding finding : examine(_ -> false).findings()) {
      try {
        if (finding.kind() == Kind.OPEN_TO_OTHERS) {
          Permissions.restrict(finding.file());
        } else if (finding.kind().isOfLines() && rewritten.add(finding.file())) {
          originals.add(TimelineRewrite.rewrite(finding.file(), maxLineBytes, now));
        }
      } catch (IOException refused) {
        failures.add(
            Finding.of(Kind.UNREADABLE, finding.file(), "cannot be repaired: " + reason(refused)));
      }
    }
    if (!originals.isEmpty()) {
      StoreFolder.force(folder);
    }
    return new Repair(originals, failures);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    }
  }

  /// @return the run whose timeline it is
  private Optional<RunId> look(Path file, List<Finding> findings) {
    String name = file.getFileName().toString();
    boolean plain = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    if (plain) {
      permissions(file, findings);
    }
    if (name.startsWith(StoreFolder.journal(folder).getFileName() + KEPT_JOURNAL)) {
      findings.add(
          Finding.of(
              Kind.JOURNAL_KEPT, file, "a journal that could not be brought home as a whole"));
    }
    if (!StoreFolder.isTimelineName(name)) {
      return Optional.empty();
    }
    Optional<RunId> run = RunId.parse(StoreFolder.stem(name));
    if (run.isEmpty()) {
      findings.add(Finding.of(Kind.NO_RUN_ID, file, "its name is no run id: it is never listed"));
    } else if (!Files.isRegularFile(file)) {
      findings.add(Finding.of(Kind.NO_FILE, file, "no plain file: it is never listed"));
      return Optional.empty();
    }
    return run;
  }

  private List<Finding> timeline(RunId run, Path file, LiveRuns live) throws InterruptedException {
    List<Finding> found = lines(file);
    for (int look = 1; look < LOOKS && hasTail(found); look++) {
      if (live.mayBeLive(run)) {
        return found.stream().filter(finding -> !finding.kind().isOfTheTail()).toList();
      }
      // It may have ended after it was read and before it was asked for.
      found = lines(file);
    }
    return found;
  }

  private static boolean hasTail(List<Finding> found) {
    return found.stream().anyMatch(finding -> finding.kind().isOfTheTail());
  }

  private List<Finding> lines(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return TimelineRepair.examine(in, file, maxLineBytes);
    } catch (NoSuchFileException deletedMeanwhile) {
      return List.of();
    } catch (IOException refused) {
      return List.of(Finding.of(Kind.UNREADABLE, file, "cannot be read: " + reason(refused)));
    }
  }

  private static void permissions(Path path, List<Finding> findings) {
    try {
      if (Permissions.isWrong(path)) {
        findings.add(
            Finding.of(
                Kind.OPEN_TO_OTHERS,
                path,
                "its mode is " + Permissions.shown(path) + ", not the owner's alone"));
      }
    } catch (NoSuchFileException deletedMeanwhile) {
      // Then nothing is wrong with it.
    } catch (IOException refused) {
      findings.add(Finding.of(Kind.UNREADABLE, path, "its mode cannot be read"));
    }
  }

  private static String reason(IOException refused) {
    return switch (refused) {
      case java.nio.file.AccessDeniedException _ -> "permission denied";
      case java.nio.file.FileSystemException system when system.getReason() != null ->
          system.getReason();
      default -> refused.getMessage() == null ? "input/output error" : refused.getMessage();
    };
  }
}
