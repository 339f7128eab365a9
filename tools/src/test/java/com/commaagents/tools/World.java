package com.commaagents.tools;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.id.RunId;
import com.commaagents.base.json.Json;
import com.commaagents.base.time.Clock;
import com.commaagents.engine.tool.ToolCallContext;
import com.commaagents.engine.tool.ToolScope;
import com.commaagents.engine.tool.ToolSession;
import com.commaagents.engine.tool.ToolSession.Mode;
import com.commaagents.engine.tool.ToolSession.PolicyPatch;
import com.commaagents.engine.tool.ToolSession.Verdict;
import com.commaagents.tools.confinement.Confinement;
import com.commaagents.tools.disk.Sha256;
import com.commaagents.tools.trash.Trash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// A workspace with an outside beside it, and the tools of one run in it.
public final class World implements AutoCloseable {
  public static final ToolCallContext CALL = new ToolCallContext("coder", "0", "call-1");

  public final Path workspace;
  public final Path outside;
  public final ScriptedPeople people = new ScriptedPeople();
  public final RememberingJournal journal = new RememberingJournal();
  public final Trash trash;
  public final ToolSession session;
  private final BuiltInTools registry;

  public World(Path folder) {
    this(folder, Verdict.ALLOW, Map.of());
  }

  public World(Path folder, Verdict commands, Map<String, String> environment) {
    this(folder, commands, environment, Confinement.none());
  }

  public World(
      Path folder, Verdict commands, Map<String, String> environment, Confinement confinement) {
    try {
      workspace = Files.createDirectories(folder.toRealPath().resolve("work"));
      outside = Files.createDirectories(folder.toRealPath().resolve("outside"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    IdGenerator ids = IdGenerator.random();
    trash = new Trash(Clock.system(), ids, Optional.of(folder.resolve("data/trash.json")));
    Map<String, String> all = new java.util.HashMap<>(Map.of("PATH", "/usr/bin:/bin"));
    all.putAll(environment);
    ToolSettings settings =
        new ToolSettings(
            all,
            Set.of("MY_PROVIDER_LOGIN"),
            Path.of("/home/somebody"),
            commands,
            List.of(),
            confinement);
    registry = new BuiltInTools(settings, Clock.system(), ids, trash, List.of());
    session = open();
  }

  public BuiltInTools registry() {
    return registry;
  }

  public ToolSession open() {
    return registry.open(new ToolScope(new RunId("run-1"), workspace, people, journal));
  }

  /// Calls a tool; single quotes in the arguments stand for double ones.
  public String call(String tool, String arguments) throws InterruptedException {
    return call(tool, Json.parse(arguments.replace('\'', '"')).orElseThrow());
  }

  public String call(String tool, JsonNode arguments) throws InterruptedException {
    return session.tool(tool).call(arguments, CALL);
  }

  public Path write(String name, String text) throws IOException {
    return write(workspace, name, text);
  }

  public Path write(Path folder, String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolve("..").normalize());
    return Files.writeString(file, text);
  }

  public String text(String name) throws IOException {
    return Files.readString(workspace.resolve(name));
  }

  public static String sha256(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }

  public void policy(
      Mode mode, List<String> allow, List<String> deny, Optional<Verdict> otherwise, String tool) {
    boolean known =
        session.updatePolicy(new PolicyPatch(mode, allow, deny, otherwise), Optional.of(tool));
    if (!known) {
      throw new IllegalStateException("no tool " + tool);
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
