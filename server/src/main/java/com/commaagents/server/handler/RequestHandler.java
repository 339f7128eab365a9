package com.commaagents.server.handler;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.id.ClientId;
import com.commaagents.base.time.Clock;
import com.commaagents.engine.people.People;
import com.commaagents.engine.tool.ToolSession.Mode;
import com.commaagents.engine.tool.ToolSession.PolicyPatch;
import com.commaagents.engine.tool.ToolSession.Verdict;
import com.commaagents.protocol.message.ClientMessage;
import com.commaagents.protocol.message.DaemonMessage;
import com.commaagents.protocol.message.PermissionChoice;
import com.commaagents.protocol.message.ReplyHeader;
import com.commaagents.runs.RunSystem;
import com.commaagents.runs.store.RunQuery;
import com.commaagents.server.mapping.Replies;
import com.commaagents.server.mapping.Requests;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Carries out requests: one method a request, each a straight call of the run system or the host,
/// and the error code its failure has. Thread-safe.
public final class RequestHandler {
  private final RunSystem runs;
  private final HostServices host;
  private final ProviderRequests providers;
  private final McpRequests servers;
  private final PackageRequests packages;
  private final Clock clock;

  public RequestHandler(
      RunSystem runs,
      HostServices host,
      ProviderServices providers,
      PackageServices packages,
      Clock clock) {
    this.runs = runs;
    this.host = host;
    this.providers = new ProviderRequests(providers, clock);
    this.servers = new McpRequests(runs, clock);
    this.packages = new PackageRequests(packages, clock);
    this.clock = clock;
  }

  /// The direct reply to a request; empty where success is silent or told through run events.
  public Optional<DaemonMessage> handle(ClientId client, ClientMessage message)
      throws InterruptedException {
    return switch (message) {
      case ClientMessage.Ping(var id) -> Optional.of(new DaemonMessage.Pong(header(id)));
      case ClientMessage.PrepareRun request -> prepare(client, request);
      case ClientMessage.StartRun(var runId, var input, var id) ->
          silently(id, "START_FAILED", () -> runs.startRun(client, runId, input, id));
      case ClientMessage.ContinueRun(var runId, var input, var id) ->
          silently(id, "CONTINUE_FAILED", () -> runs.continueRun(client, runId, input, id));
      case ClientMessage.ResumeRun(var runId, var id) ->
          silently(id, "RESUME_FAILED", () -> runs.resumeRun(client, runId, id));
      case ClientMessage.StopRun(var runId, var id) ->
          silently(id, "STOP_FAILED", () -> runs.stopRun(runId));
      case ClientMessage.DeleteRun(var runId, var id) ->
          answering(
              id,
              "DELETE_FAILED",
              () -> {
                runs.deleteRun(runId);
                return new DaemonMessage.RunDeleted(header(id), runId);
              });
      case ClientMessage.Subscribe(var runId, var afterSeq, var id) ->
          silently(id, "SUBSCRIBE_ERROR", () -> runs.subscribe(client, runId, afterSeq));
      case ClientMessage.AttachRun(var runId, var afterSeq, var id) ->
          silently(id, "ATTACH_FAILED", () -> runs.attach(client, runId, afterSeq, id));
      case ClientMessage.Unsubscribe(var runId, var id) ->
          silently(id, "UNSUBSCRIBE_ERROR", () -> runs.unsubscribe(client, runId));
      case ClientMessage.UserInput request -> userInput(client, request);
      case ClientMessage.PermissionDecision request -> permissionDecision(client, request);
      case ClientMessage.QuestionResponse request -> questionResponse(client, request);
      case ClientMessage.UpdatePolicy request -> updatePolicy(request);
      case ClientMessage.SteerRun(var runId, var text, var id) ->
          runs.actions().steer(runId, text)
              ? Optional.empty()
              : error(id, "RUN_NOT_STEERABLE", "Cannot steer run " + runId + ": not running");
      case ClientMessage.ListRuns request ->
          answering(request.requestId(), "LIST_FAILED", () -> listRuns(request));
      case ClientMessage.ListStrategies(var id) ->
          Optional.of(
              new DaemonMessage.StrategyList(
                  header(id), runs.runsInMemory().stream().map(Replies::summary).toList()));
      case ClientMessage.SetCredential request -> Optional.of(providers.setCredential(request));
      case ClientMessage.ListProviders request -> Optional.of(providers.list(request));
      case ClientMessage.GetAvailableModels request -> Optional.of(providers.models(request));
      case ClientMessage.RegisterProvider request -> Optional.of(providers.register(request));
      case ClientMessage.UnregisterProvider request -> Optional.of(providers.unregister(request));
      case ClientMessage.TrashList(var cwd, var id) -> listTrash(cwd, id);
      case ClientMessage.TrashRestore request -> restoreTrash(request);
      case ClientMessage.TrashClear(var cwd, var id) -> clearTrash(cwd, id);
      case ClientMessage.ListMcpServers request -> Optional.of(servers.list(request));
      case ClientMessage.UpdateMcpServer request -> Optional.of(servers.update(request));
      case ClientMessage.HubList request -> Optional.of(packages.list(request));
      case ClientMessage.HubInstall request -> Optional.of(packages.install(request));
      case ClientMessage.HubUpdate request -> Optional.of(packages.update(request));
      case ClientMessage.HubRemove request -> Optional.of(packages.remove(request));
    };
  }

  /// A client has gone.
  public void forget(ClientId client) {
    runs.forget(client);
  }

  public Instant now() {
    return clock.now();
  }

  private Optional<DaemonMessage> prepare(ClientId client, ClientMessage.PrepareRun request)
      throws InterruptedException {
    return answering(
        request.requestId(),
        "PREPARE_FAILED",
        () ->
            Replies.runPrepared(
                header(request.requestId()),
                runs.prepareRun(client, Requests.prepareRun(request))));
  }

  private Optional<DaemonMessage> userInput(ClientId client, ClientMessage.UserInput request) {
    return runs.actions().resolveInput(client, request.runId(), request.agentName(), request.text())
        ? Optional.empty()
        : error(
            request.requestId(),
            "NO_PENDING_INPUT",
            "No pending input request for run "
                + request.runId()
                + " agent "
                + request.agentName());
  }

  private Optional<DaemonMessage> permissionDecision(
      ClientId client, ClientMessage.PermissionDecision request) {
    return runs.actions()
            .resolvePermission(
                client,
                request.runId(),
                request.permissionRequestId(),
                decision(request.decision()))
        ? Optional.empty()
        : error(
            request.requestId(),
            "NO_PENDING_PERMISSION",
            "No pending permission request "
                + request.permissionRequestId()
                + " for run "
                + request.runId());
  }

  private static People.Decision decision(PermissionChoice choice) {
    return switch (choice) {
      case ALLOW -> People.Decision.ALLOW;
      case DENY -> People.Decision.DENY;
      case ALLOW_SESSION -> People.Decision.ALLOW_SESSION;
      case DENY_SESSION -> People.Decision.DENY_SESSION;
    };
  }

  private Optional<DaemonMessage> questionResponse(
      ClientId client, ClientMessage.QuestionResponse request) {
    return runs.actions()
            .resolveQuestion(
                client, request.runId(), request.questionRequestId(), request.response())
        ? Optional.empty()
        : error(
            request.requestId(),
            "NO_PENDING_QUESTION",
            "No pending question " + request.questionRequestId() + " for run " + request.runId());
  }

  private Optional<DaemonMessage> updatePolicy(ClientMessage.UpdatePolicy request) {
    PolicyPatch patch =
        new PolicyPatch(
            switch (request.mode()) {
              case READ -> Mode.READ;
              case WRITE -> Mode.WRITE;
            },
            request.allow().orElse(List.of()),
            request.deny().orElse(List.of()),
            request
                .defaultDecision()
                .map(verdict ->
                    switch (verdict) {
                      case ALLOW -> Verdict.ALLOW;
                      case DENY -> Verdict.DENY;
                      case ASK -> Verdict.ASK;
                    }));
    return runs.actions().updatePolicy(request.runId(), patch, request.tool())
        ? Optional.empty()
        : error(
            request.requestId(),
            "RUN_NOT_FOUND",
            "No pending or running run " + request.runId() + " with such a tool");
  }

  private DaemonMessage listRuns(ClientMessage.ListRuns request) {
    RunQuery query =
        new RunQuery(
            request.cwd(),
            request.status().map(Replies::status),
            request.query(),
            request.before(),
            request.limit());
    return new DaemonMessage.RunList(
        header(request.requestId()),
        runs.runStore().list(query).stream().map(Replies::overview).toList());
  }

  private Optional<DaemonMessage> listTrash(Optional<String> cwd, Optional<String> id)
      throws InterruptedException {
    return answering(
        id,
        "INTERNAL_ERROR",
        () -> {
          var workspaces = host.listTrash(cwd.map(Path::of));
          var entries = workspaces.stream().flatMap(workspace -> workspace.entries().stream());
          var sizes = entries.mapToLong(entry -> entry.sizeBytes()).summaryStatistics();
          return new DaemonMessage.TrashListResult(
              header(id), workspaces, sizes.getCount(), sizes.getSum());
        });
  }

  private Optional<DaemonMessage> restoreTrash(ClientMessage.TrashRestore request)
      throws InterruptedException {
    return answering(
        request.requestId(),
        "RESTORE_FAILED",
        () -> {
          var restored =
              host.restoreTrash(Path.of(request.cwd()), request.trashPath(), request.targetPath());
          return new DaemonMessage.TrashRestoreResult(
              header(request.requestId()),
              restored.restored().toString(),
              restored.from().toString());
        });
  }

  private Optional<DaemonMessage> clearTrash(Optional<String> cwd, Optional<String> id)
      throws InterruptedException {
    return answering(
        id,
        "INTERNAL_ERROR",
        () -> {
          var cleared = host.clearTrash(cwd.map(Path::of));
          return new DaemonMessage.TrashClearResult(header(id), cleared.entries(), cleared.bytes());
        });
  }

  private interface Action {
    void run() throws InterruptedException;
  }

  private interface Answer {
    DaemonMessage get() throws InterruptedException;
  }

  private Optional<DaemonMessage> silently(Optional<String> id, String failureCode, Action action)
      throws InterruptedException {
    try {
      action.run();
      return Optional.empty();
    } catch (Fault fault) {
      return error(id, failureCode, fault.message());
    }
  }

  private Optional<DaemonMessage> answering(Optional<String> id, String failureCode, Answer answer)
      throws InterruptedException {
    try {
      return Optional.of(answer.get());
    } catch (Fault fault) {
      return error(id, failureCode, fault.message());
    } catch (InvalidPathException notAPath) {
      return error(id, failureCode, "Not a path: " + notAPath.getReason());
    }
  }

  private Optional<DaemonMessage> error(Optional<String> id, String code, String message) {
    return Optional.of(new DaemonMessage.ErrorReply(header(id), code, message));
  }

  private ReplyHeader header(Optional<String> requestId) {
    return new ReplyHeader(clock.now(), requestId);
  }
}
