package com.commaagents.cli.daemon;

import com.commaagents.base.json.Json;
import com.commaagents.cli.config.DaemonSettings;
import com.commaagents.cli.words.Size;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/// What `comma daemon status` knows: who has the data folder, and how the daemon says it is.
public record DaemonStatus(DaemonSettings settings, Occupant occupant, Optional<Health> health) {
  /// Whether a daemon of ours lives and answers.
  public boolean running() {
    return health.isPresent();
  }

  /// One JSON object on one line; fields that are not known are absent.
  public String json() {
    ObjectNode json = Json.object();
    json.put("running", running());
    switch (occupant) {
      case Occupant.Ours(LockHolder holder) -> {
        json.put("pid", holder.pid());
        json.put("host", holder.host());
        holder.port().ifPresent(port -> json.put("port", port));
        health.ifPresent(answer -> put(json, answer));
        json.put("version", holder.build().version());
        json.put("commit", holder.build().commit());
        json.put("logFile", holder.logFile());
      }
      case Occupant.Stranger(long pid, _) -> json.put("strangerPid", pid);
      case Occupant.Nobody() -> {}
    }
    json.put("dataFolder", settings.dataDirectory().toString());
    RunFiles.Total total = new RunFiles(settings.runsDirectory()).total();
    json.putObject("runs").put("count", total.runs()).put("bytes", total.bytes());
    return Json.write(json);
  }

  private static void put(ObjectNode json, Health health) {
    json.put("uptime", health.uptimeMillis());
    health.activeRuns().ifPresent(count -> json.put("activeRuns", count));
    health.clients().ifPresent(count -> json.put("connectedClients", count));
    health.trouble().ifPresent(trouble -> json.put("runStore", trouble));
    if (!health.confinement().isEmpty()) {
      ObjectNode confinement = json.putObject("confinement");
      new TreeMap<>(health.confinement()).forEach(confinement::put);
    }
  }

  /// The same for people, a few lines.
  public String text() {
    return switch (occupant) {
      case Occupant.Nobody() ->
          "No daemon runs on the data folder %s.\nKept runs: %s."
              .formatted(settings.dataDirectory(), keptRuns());
      case Occupant.Stranger stranger -> RunningDaemon.occupied(stranger).message();
      case Occupant.Ours(LockHolder holder) -> text(holder);
    };
  }

  private String text(LockHolder holder) {
    StringBuilder text = new StringBuilder();
    if (holder.port().isEmpty()) {
      text.append("The daemon is about to listen.\n");
    } else if (health.isEmpty()) {
      text.append("The daemon lives, but does not answer on /health.\n");
    } else {
      text.append("The daemon runs.\n");
    }
    line(text, "pid", Long.toString(holder.pid()));
    holder.port().ifPresent(port -> line(text, "address", holder.host() + ":" + port));
    health.ifPresent(answer -> lines(text, answer));
    line(text, "version", holder.build().version() + commit(holder.build()));
    line(text, "data folder", settings.dataDirectory().toString());
    line(text, "kept runs", keptRuns());
    line(text, "log file", holder.logFile());
    return text.toString().stripTrailing();
  }

  private String keptRuns() {
    RunFiles.Total total = new RunFiles(settings.runsDirectory()).total();
    return total.runs() + ", " + Size.shown(total.bytes()) + " on disk";
  }

  private static String commit(Build build) {
    return build.commit().isEmpty()
        ? ""
        : " (" + build.commit().substring(0, Math.min(8, build.commit().length())) + ")";
  }

  private static void lines(StringBuilder text, Health health) {
    line(text, "uptime", duration(Duration.ofMillis(health.uptimeMillis())));
    health.activeRuns().ifPresent(count -> line(text, "active runs", count.toString()));
    health.clients().ifPresent(count -> line(text, "clients", count.toString()));
    health.trouble().ifPresent(trouble -> line(text, "run store", trouble));
    confined(text, health, "commands", "commands");
    confined(text, health, "mcpServers", "MCP servers");
  }

  private static void confined(StringBuilder text, Health health, String programs, String name) {
    Optional.ofNullable(health.confinement().get(programs))
        .ifPresent(words -> line(text, name, words));
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("  ").append(name).append(" ".repeat(14 - name.length())).append(value);
    text.append('\n');
  }

  private static String duration(Duration uptime) {
    StringBuilder text = new StringBuilder();
    if (uptime.toDays() > 0) {
      text.append(uptime.toDays()).append(" d ");
    }
    if (uptime.toHours() > 0) {
      text.append(uptime.toHoursPart()).append(" h ");
    }
    if (uptime.toMinutes() > 0) {
      text.append(uptime.toMinutesPart()).append(" min ");
    }
    return text.append(uptime.toSecondsPart()).append(" s").toString();
  }
}
