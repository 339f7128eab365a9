package com.commaagents.runs;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.RunId;
import com.commaagents.runs.hub.Hub;
import com.commaagents.runs.lifecycle.Decision;
import com.commaagents.runs.lifecycle.RunCommand;
import com.commaagents.runs.live.LiveRun;
import com.commaagents.runs.live.RunOutcome;
import com.commaagents.runs.live.RunSummary;
import com.commaagents.runs.mcp.McpQuery;
import com.commaagents.runs.mcp.McpUpdate;
import com.commaagents.runs.mcp.RunServers;
import com.commaagents.runs.mcp.ServerControl;
import com.commaagents.runs.mcp.ServerSetup;
import com.commaagents.runs.store.RunStore;
import com.commaagents.runs.timeline.McpServerStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Owns runs: prepares, starts, continues and stops them, keeps their timelines and tells their
/// subscribers.
///
/// A run has one id over preparation, execution, persistence and continuation. What becomes of it
/// is decided by [com.commaagents.runs.lifecycle.Lifecycle], carried out by one
/// [com.commaagents.runs.live.LiveRun] per prepared run, kept by the [RunStore] and told through
/// the [com.commaagents.runs.hub.EventSink]. Nothing is told before it is on disk.
///
/// The WebSocket daemon is one host of it; a Java program embeds it directly. Thread-safe. Methods
/// return at once unless they say what they wait for.
public final class RunSystem implements AutoCloseable {
  /// How long [#shutdown] waits for runs to be cleaned up.
  public static final Duration SHUTDOWN_PATIENCE = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(RunSystem.class);

  private final RunSystemOptions options;
  private final Hub hub;
  private final RunTable table = new RunTable();
  private final RunActions actions = new RunActions(table);
  private final Preparation preparation;
  private final ServerControl servers;
  private final KnownRuns known;
  private final Followers followers;
  private final Sweeper sweeper;

  private RunSystem(RunSystemOptions options) {
    this.options = options;
    this.hub = new Hub(options.sink(), options.clock());
    ServerSetup setup =
        new ServerSetup(options.mcpServers(), options.store(), options.dataFolder());
    this.preparation = new Preparation(options, hub, setup);
    this.servers = new ServerControl(setup, options.store(), options.cwd(), this::serversOf);
    this.known = new KnownRuns(table, options.store());
    this.followers =
        new Followers(table, known, hub, new Snapshots(options.store(), options.clock()));
    this.sweeper = new Sweeper(table, options.clock());
  }

  /// Opens a run system: closes the runs that a dead process has left open, as `error` with code
  /// `INTERRUPTED`, so that no list shows a dead run as running. When that fails the store is
  /// closed.
  public static RunSystem open(RunSystemOptions options) {
    boolean opened = false;
    try {
      BootRecovery.closeInterrupted(options.store(), options.clock());
      opened = true;
      RunSystem system = new RunSystem(options);
      system.sweeper.start();
      return system;
    } finally {
      if (!opened) {
        options.store().close();
      }
    }
  }

  /// Loads a new run, or a finished one for a further prompt, and subscribes the client to it. A
  /// failure leaves nothing behind. Waits for the clean-up of the same run's last segment.
  ///
  /// @throws Fault `INVALID_INPUT` with file, line and field; `NOT_FOUND` when the run or the file
  ///   does not exist; `CONFLICT` when the run is pending or running; `SHUTTING_DOWN`
  public PreparedRun prepareRun(ClientId client, PrepareRunOptions request)
      throws InterruptedException {
    return prepare(client, request, Preparation.Purpose.START_OR_CONTINUE);
  }

  private PreparedRun prepare(
      ClientId client, PrepareRunOptions request, Preparation.Purpose purpose)
      throws InterruptedException {
    RunId runId = preparation.idFor(request);
    long lastSeq = table.reserve(runId);
    boolean registered = false;
    try {
      Preparation.Result result = preparation.prepare(runId, request, lastSeq, purpose);
      register(runId, result);
      registered = true;
      hub.subscribe(runId, client, OptionalLong.empty(), result.prepared().lastSeq());
      result.begin(standing -> table.retire(runId, standing, result.channel().lastSeq()));
      return result.prepared();
    } finally {
      if (!registered) {
        table.giveBack(runId);
      }
    }
  }

  /// Executes a newly prepared run and subscribes the client to it. Returns once the start is on
  /// disk and told; the run goes on by itself.
  ///
  /// @param requestId echoed by the segment's first and last message
  /// @throws Fault `CONFLICT` when it was not prepared, is a continuation, or was started already
  public void startRun(
      ClientId client, String runId, Optional<String> input, Optional<String> requestId)
      throws InterruptedException {
    execute(new RunCommand.Start(), client, runId, input, requestId);
  }

  /// Gives a prepared finished run a further prompt; else as [#startRun].
  public void continueRun(ClientId client, String runId, String input, Optional<String> requestId)
      throws InterruptedException {
    execute(new RunCommand.Continue(), client, runId, Optional.of(input), requestId);
  }

  /// Goes on with a segment that was interrupted because its process died, and subscribes the
  /// client to the run. No agent call and no tool call whose result is on the timeline is made
  /// again. A run that is not prepared is prepared first, with what it was started with. Returns as
  /// [#startRun].
  ///
  /// @throws Fault `NOT_FOUND`; `CONFLICT` when the last segment was not interrupted, its flow has
  ///   changed since, or the run is being prepared
  public void resumeRun(ClientId client, String runId, Optional<String> requestId)
      throws InterruptedException {
    RunId id = known.find(runId);
    if (table.live(id).filter(run -> !run.standing().over()).isEmpty()) {
      prepare(client, PrepareRunOptions.continuing(runId), Preparation.Purpose.RESUME);
    }
    Optional<LiveRun> run = table.live(id);
    if (run.isEmpty()) {
      throw new Fault(FaultCode.CONFLICT, Decision.Refusal.NOT_INTERRUPTED.message(runId));
    }
    accepted(run.get().resume(client, requestId), runId);
  }

  /// Ends a pending or running run, whatever it waits for. Returns once that is on disk and told;
  /// clean-up goes on behind it. An unknown or finished run: no effect, logged.
  public void stopRun(String runId) throws InterruptedException {
    Optional<LiveRun> run = live(runId);
    if (run.isEmpty()) {
      LOG.debug("stop: no live run {}", runId);
      return;
    }
    run.get().stop("Run cancelled by client");
  }

  /// Deletes a run that is not live: its timeline, what lies beside it, its place in every list,
  /// and what is held for those who come back. Its subscribers stay as they are. Waits for the
  /// clean-up of a run that has just ended. The id may then be prepared as that of a new run.
  ///
  /// @throws Fault `NOT_FOUND`; `CONFLICT` when the run is pending, running or being prepared;
  ///   `PERSISTENCE` when the disk refuses; `SHUTTING_DOWN`
  public void deleteRun(String runId) throws InterruptedException {
    RunId id = known.find(runId);
    boolean inMemory = table.reserveToDelete(id);
    boolean deleted = false;
    try {
      // Of two that delete one run at once, the second finds nothing any more.
      if (!inMemory && options.store().find(id).isEmpty()) {
        throw KnownRuns.unknown(runId);
      }
      options.store().delete(id);
      hub.forgetPast(id);
      deleted = true;
    } finally {
      if (deleted) {
        table.forget(id);
      } else {
        table.giveBack(id);
      }
    }
  }

  /// Follows a run: first what was told after the message numbered `afterSeq`, then what comes,
  /// with no gap and no duplicate. What is no longer held of it is named in a gap notice first.
  ///
  /// @param afterSeq empty: only what comes
  /// @throws Fault `NOT_FOUND`
  public void subscribe(ClientId client, String runId, OptionalLong afterSeq)
      throws InterruptedException {
    followers.subscribe(client, runId, afterSeq);
  }

  /// Follows a run from any state in one step: the client gets a snapshot, then what is told after
  /// it. Where everything after `afterSeq` is still held it gets that, and no snapshot.
  ///
  /// Works too for a run that is only on disk.
  ///
  /// @param attachId echoed by the snapshot
  /// @throws Fault `NOT_FOUND`
  public void attach(
      ClientId client, String runId, OptionalLong afterSeq, Optional<String> attachId)
      throws InterruptedException {
    followers.attach(client, runId, afterSeq, attachId);
  }

  public void unsubscribe(ClientId client, String runId) {
    RunId.parse(runId).ifPresent(id -> hub.unsubscribe(id, client));
  }

  /// A client has gone; its runs go on.
  public void forget(ClientId client) {
    hub.forget(client);
  }

  /// Waits until a run has ended and is cleaned up; a finished one has.
  ///
  /// @return how its last segment ended; empty when none was ever started
  /// @throws Fault `NOT_FOUND`
  public Optional<RunOutcome> await(String runId) throws InterruptedException {
    RunId id = known.find(runId);
    Optional<LiveRun> run = table.live(id);
    if (run.isPresent()) {
      Optional<RunOutcome> outcome = run.get().awaitClosed().outcome();
      if (outcome.isPresent()) {
        return outcome;
      }
    }
    return known.outcome(id);
  }

  /// The MCP servers that a run has or would have, and how they stand; else as
  /// [ServerControl#list].
  public List<McpServerStatus> listMcpServers(McpQuery query) {
    return servers.list(query);
  }

  /// Turns an MCP server on or off, for a run or for all to come; else as [ServerControl#update].
  public List<McpServerStatus> updateMcpServer(McpUpdate update) throws InterruptedException {
    return servers.update(update);
  }

  /// Where clients' answers go.
  public RunActions actions() {
    return actions;
  }

  public RunStore runStore() {
    return options.store();
  }

  /// The runs this process holds in memory.
  public List<RunSummary> runsInMemory() {
    return table.summaries();
  }

  /// How many runs are pending or running.
  public int activeRuns() {
    return (int) table.live().stream().filter(run -> !run.standing().over()).count();
  }

  /// Takes nothing new, stops every run, waits for their clean-up at most [#SHUTDOWN_PATIENCE], and
  /// closes the store.
  public void shutdown() throws InterruptedException {
    table.shutDown();
    sweeper.stop();
    long deadline = options.clock().nanos() + SHUTDOWN_PATIENCE.toNanos();
    List<LiveRun> runs = table.live();
    for (LiveRun run : runs) {
      run.stop("Run cancelled: the run system is shutting down");
    }
    for (LiveRun run : runs) {
      Duration left = Duration.ofNanos(Math.max(0, deadline - options.clock().nanos()));
      if (!run.awaitClosed(left)) {
        LOG.warn("shutdown does not wait any longer for run {}", run.standing().summary().runId());
      }
    }
    options.store().close();
  }

  /// As [#shutdown]; an interruption ends the waiting, not the shutting down.
  @Override
  public void close() {
    try {
      shutdown();
    } catch (InterruptedException hurried) {
      options.store().close();
      Thread.currentThread().interrupt();
    }
  }

  private void register(RunId runId, Preparation.Result result) {
    try {
      table.fill(runId, result.run());
    } catch (Fault shuttingDown) {
      result.cleanup().run();
      throw shuttingDown;
    }
  }

  private void execute(
      RunCommand command,
      ClientId client,
      String runId,
      Optional<String> input,
      Optional<String> requestId)
      throws InterruptedException {
    Optional<LiveRun> run = live(runId);
    if (run.isEmpty()) {
      throw new Fault(FaultCode.CONFLICT, Decision.Refusal.NOT_PREPARED.message(runId));
    }
    accepted(run.get().start(command, client, input, requestId), runId);
  }

  private static void accepted(Decision decision, String runId) {
    if (decision instanceof Decision.Refused(var why)) {
      throw new Fault(FaultCode.CONFLICT, why.message(runId));
    }
  }

  private Optional<LiveRun> live(String runId) {
    return RunId.parse(runId).flatMap(table::live);
  }

  private Optional<RunServers> serversOf(RunId runId) {
    return table.live(runId).filter(run -> !run.standing().over()).map(LiveRun::servers);
  }
}
