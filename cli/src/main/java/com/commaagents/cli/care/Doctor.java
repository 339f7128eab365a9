package com.commaagents.cli.care;

import com.commaagents.base.fault.Fault;
import com.commaagents.cli.config.DaemonSettings;
import com.commaagents.cli.daemon.DaemonStatus;
import com.commaagents.cli.daemon.IdleFolder;
import com.commaagents.cli.daemon.LockHolder;
import com.commaagents.cli.daemon.Occupant;
import com.commaagents.cli.daemon.RunFiles;
import com.commaagents.cli.sandbox.Sandboxes;
import com.commaagents.cli.words.Size;
import com.commaagents.runs.care.Finding;
import com.commaagents.runs.care.Permissions;
import com.commaagents.runs.care.StoreCare;
import com.commaagents.runs.store.StoreFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Looks at everything that a daemon stands on, and puts right what can be. Looking changes
/// nothing.
public final class Doctor {
  private static final int NEEDED_JAVA = 25;

  private final DaemonSettings settings;
  private final Path settingsFile;
  private final List<String> settingFaults;
  private final StoreCare.LiveRuns served;
  private final Host host;
  private final KeptFiles keptFiles;
  private final AddedCode addedCode;

  /// What there is beside the data folder.
  ///
  /// @param sandboxes tries what would confine programs
  /// @param toolNames of the tools that a daemon has without plug-ins
  public record Host(Sandboxes sandboxes, Path workingFolder, Set<String> toolNames) {
    public Host {
      toolNames = Set.copyOf(toolNames);
    }
  }

  /// @param settings the daemon's own; the usual ones where those are wrong
  /// @param settingFaults what is wrong with them, a line each
  /// @param served which runs the daemon that serves the folder executes
  public Doctor(
      DaemonSettings settings,
      Path settingsFile,
      List<String> settingFaults,
      StoreCare.LiveRuns served,
      Host host) {
    this.settings = settings;
    this.settingsFile = settingsFile;
    this.settingFaults = List.copyOf(settingFaults);
    this.served = served;
    this.host = host;
    this.keptFiles = new KeptFiles(settings.dataDirectory(), host.workingFolder());
    this.addedCode = new AddedCode(settings.dataDirectory());
  }

  /// All checks, in the order in which they are shown.
  public List<Check> examine(DaemonStatus status) throws InterruptedException {
    boolean idle = status.occupant() instanceof Occupant.Nobody;
    ConfinementCheck confinement = new ConfinementCheck(host.sandboxes(), settings, status);
    List<Check> checks = new ArrayList<>();
    checks.add(java());
    checks.add(DataFiles.folder(settings.dataDirectory()));
    checks.add(DataFiles.settings(settingsFile, settingFaults, settings.token().isPresent()));
    checks.add(DataFiles.credentials(credentials()));
    checks.addAll(keptFiles.examine());
    checks.add(addedCode.plugins(host.toolNames()));
    checks.add(addedCode.packages(idle));
    checks.add(leftovers());
    checks.add(DataFiles.space(settings));
    checks.add(confinement.commands());
    checks.add(confinement.servers());
    checks.add(runs(status.occupant()));
    checks.add(daemon(status));
    return checks;
  }

  /// Puts right what can be.
  ///
  /// @return a sentence for each thing that a person should know
  /// @throws Fault `CONFLICT`, which names the holder, when somebody holds the folder
  public List<String> repair(Instant now) throws InterruptedException {
    List<String> told = new ArrayList<>();
    if (!Files.isDirectory(settings.dataDirectory())) {
      return told;
    }
    try (IdleFolder _ = IdleFolder.take(settings)) {
      restrict(settings.dataDirectory(), told);
      restrict(credentials(), told);
      if (settings.token().isPresent()) {
        restrict(settingsFile, told);
      }
      keptFiles.repair(now, told);
      addedCode.repairPackages(told);
      if (Files.isDirectory(settings.runsDirectory())) {
        repairRuns(now, told);
      }
    }
    return told;
  }

  private void repairRuns(Instant now, List<String> told) throws InterruptedException {
    try (StoreFolder held =
        StoreFolder.take(
            settings.runsDirectory(),
            "comma doctor --repair with pid " + ProcessHandle.current().pid())) {
      StoreCare.Repair repair = new StoreCare(settings.runsDirectory()).repair(held, now);
      repair.originals().forEach(original -> told.add("As it was: " + original));
      repair.failures().forEach(failure -> told.add(failure.file() + " " + failure.what()));
    } catch (IOException refused) {
      told.add(settings.runsDirectory() + " cannot be repaired: " + refused.getMessage());
    }
  }

  private static void restrict(Path path, List<String> told) {
    try {
      if (Files.exists(path) && Permissions.isWrong(path)) {
        Permissions.restrict(path);
      }
    } catch (IOException refused) {
      told.add("The mode of " + path + " cannot be changed.");
    }
  }

  private static Check java() {
    int version = Runtime.version().feature();
    return new Check(
        "java",
        Runtime.version().toString(),
        version >= NEEDED_JAVA
            ? List.of()
            : List.of(
                Problem.forPerson(
                    "java", "this JVM", "older than Java " + NEEDED_JAVA, "take a newer one")));
  }

  private Check leftovers() {
    List<Problem> problems = new ArrayList<>();
    for (Path file : IdleFolder.leftovers(settings)) {
      problems.add(
          Problem.repairable(
              "left-by-dead-daemon",
              file,
              "names a daemon that has died",
              "clear it, as the next start does"));
    }
    return new Check("lock, pid file", problems.isEmpty() ? "nothing left behind" : "", problems);
  }

  private Check runs(Occupant occupant) throws InterruptedException {
    Path folder = settings.runsDirectory();
    try {
      StoreCare.Report report = new StoreCare(folder).examine(live(occupant));
      long bytes = new RunFiles(folder).total().bytes();
      return new Check(
          "runs",
          "%d, %s, in %s".formatted(report.runs(), Size.shown(bytes), folder),
          report.findings().stream().map(Problem::of).toList());
    } catch (IOException refused) {
      Finding.Kind kind = Finding.Kind.UNREADABLE;
      return new Check(
          "runs",
          folder.toString(),
          List.of(
              Problem.forPerson(
                  kind.label(), folder.toString(), "cannot be listed", kind.remedy())));
    }
  }

  /// Of somebody else's runs it is not known whether they are live.
  private StoreCare.LiveRuns live(Occupant occupant) {
    return switch (occupant) {
      case Occupant.Ours _ -> served;
      case Occupant.Stranger _ -> _ -> true;
      case Occupant.Nobody _ -> _ -> StoreFolder.holder(settings.runsDirectory()).isPresent();
    };
  }

  private Check daemon(DaemonStatus status) {
    return switch (status.occupant()) {
      case Occupant.Nobody() -> {
        Optional<String> holder = StoreFolder.holder(settings.runsDirectory());
        yield Check.sound(
            "daemon", holder.map(name -> "none; the runs are held by " + name).orElse("none runs"));
      }
      case Occupant.Stranger(long pid, _) ->
          Check.sound("daemon", "another daemon, pid " + pid + "; its health is not known");
      case Occupant.Ours(LockHolder holder) -> daemon(status, holder);
    };
  }

  private static Check daemon(DaemonStatus status, LockHolder holder) {
    String name = "pid " + holder.pid();
    Optional<String> trouble =
        status.health().isEmpty()
            ? Optional.of("does not answer on /health")
            : status.health().get().trouble();
    return new Check(
        "daemon",
        name,
        trouble.stream()
            .map(what ->
                Problem.forPerson("daemon", name, what, "its log says more: " + holder.logFile()))
            .toList());
  }

  private Path credentials() {
    return settings.dataDirectory().resolve("credentials.json");
  }
}
