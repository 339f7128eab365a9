package com.commaagents.cli;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.id.RunId;
import com.commaagents.base.json.Json;
import com.commaagents.cli.arguments.Arguments;
import com.commaagents.cli.care.Check;
import com.commaagents.cli.care.Doctor;
import com.commaagents.cli.client.DaemonClient;
import com.commaagents.cli.config.DaemonSettings;
import com.commaagents.cli.config.Flags;
import com.commaagents.cli.daemon.DaemonControl;
import com.commaagents.cli.daemon.LockHolder;
import com.commaagents.cli.daemon.Occupant;
import com.commaagents.cli.daemon.RunFiles;
import com.commaagents.cli.runs.KeptRuns;
import com.commaagents.cli.sandbox.Sandboxes;
import com.commaagents.cli.terminal.Terminal;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `comma doctor`.
final class DoctorCommand {
  // Which folders are meant may not be known then.
  private static final List<String> NOT_REPAIRED =
      List.of("Nothing is repaired before the settings are right.");

  private final Surroundings surroundings;
  private final Arguments arguments;
  private final Terminal terminal;

  DoctorCommand(Surroundings surroundings, Arguments arguments) {
    this.surroundings = surroundings;
    this.arguments = arguments;
    this.terminal = surroundings.terminal();
  }

  int run() throws InterruptedException {
    DaemonSettings.Legible read = DaemonSettings.legible(surroundings.place());
    DaemonSettings settings = read.settings();
    Doctor doctor = doctor(settings, read.faults());
    List<Check> checks = examine(doctor, settings);
    List<String> told = List.of();
    if (arguments.has("--repair")) {
      told = read.faults().isEmpty() ? doctor.repair(surroundings.clock().now()) : NOT_REPAIRED;
      checks = examine(doctor, settings);
    }
    show(checks, told);
    return checks.stream().allMatch(Check::isSound) ? ExitCode.DONE : ExitCode.RUN_FAILED;
  }

  private Doctor doctor(DaemonSettings settings, List<String> faults) {
    Path file = DaemonSettings.file(surroundings.place());
    return new Doctor(
        settings,
        file,
        faults,
        runId -> isServed(settings, runId),
        new Doctor.Host(
            new Sandboxes(surroundings.place(), surroundings.clock()),
            surroundings.place().workingDirectory(),
            new Wiring(surroundings.place()).toolNames(settings)));
  }

  private List<Check> examine(Doctor doctor, DaemonSettings settings) throws InterruptedException {
    return doctor.examine(
        new DaemonControl(settings, Flags.NONE, surroundings.self(), surroundings.clock())
            .status());
  }

  // A daemon that does not answer may execute whatever it likes.
  private boolean isServed(DaemonSettings settings, RunId runId) throws InterruptedException {
    if (!(Occupant.of(settings) instanceof Occupant.Ours(LockHolder holder))
        || holder.port().isEmpty()) {
      return true;
    }
    try (DaemonClient client = DaemonDoor.connect(holder, settings)) {
      RunFiles files = new RunFiles(settings.runsDirectory());
      return new KeptRuns(client, files).live().contains(runId.value());
    } catch (Fault silent) {
      return true;
    }
  }

  private void show(List<Check> checks, List<String> told) {
    if (arguments.has("--json")) {
      terminal.out(Json.write(json(checks, told)) + "\n");
      return;
    }
    Path folder = surroundings.place().dataDirectory();
    checks.forEach(check -> terminal.out(check.text(folder)));
    told.forEach(sentence -> terminal.out(sentence + "\n"));
    terminal.out("\n" + summary(checks) + "\n");
  }

  private static ObjectNode json(List<Check> checks, List<String> told) {
    ObjectNode json = Json.object().put("sound", checks.stream().allMatch(Check::isSound));
    ArrayNode list = json.putArray("checks");
    checks.forEach(check -> list.add(check.json()));
    ArrayNode repair = json.putArray("repair");
    told.forEach(repair::add);
    return json;
  }

  private String summary(List<Check> checks) {
    int problems = checks.stream().mapToInt(Check::count).sum();
    int repairable = checks.stream().mapToInt(Check::repairable).sum();
    if (problems == 0) {
      return "All is sound.";
    }
    String counted = problems == 1 ? "1 problem." : problems + " problems.";
    return repairable == 0
        ? counted
        : counted
            + " %s doctor --repair puts %d of them right, while no daemon runs."
                .formatted(surroundings.programName(), repairable);
  }
}
