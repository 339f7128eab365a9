package com.commaagents.tools.guard;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.json.Json;
import com.commaagents.engine.event.EngineEvent;
import com.commaagents.engine.people.People.Decision;
import com.commaagents.engine.people.People.Operation;
import com.commaagents.engine.people.People.PermissionRequest;
import com.commaagents.engine.people.People.Reason;
import com.commaagents.engine.tool.ToolCallContext;
import com.commaagents.engine.tool.ToolSession.Mode;
import com.commaagents.engine.tool.ToolSession.PolicyPatch;
import com.commaagents.engine.tool.ToolSession.Verdict;
import com.commaagents.tools.failure.ErrorKind;
import com.commaagents.tools.failure.ToolError;
import com.commaagents.tools.shell.Catastrophes;
import com.commaagents.tools.shell.ShellScript;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;

/// One tool's guard in one run: judges a path or a command before it is touched, asks a person
/// where the policies say so, and remembers what was decided for the run.
///
/// The chain, the first answer wins: changes of policy, newest first; protected files (reading
/// asked, writing denied); then the newest change's `otherwise`, or without one: inside the
/// workspace allowed, outside asked. Catastrophic commands are refused before any policy. What a
/// person decided for the run answers in the place of asking.
///
/// INVARIANT: what is given back is the resolved path that was judged. It holds no link, and a
/// caller opens it through `Directory`, which follows none; however long a person thinks, what is
/// opened is what was allowed, or nothing.
///
/// Limits: [#MAX_PATCHES] changes of policy, [#MAX_PATTERNS] patterns in each. Thread-safe.
public final class Guard {
  public static final int MAX_PATCHES = 100;
  public static final int MAX_PATTERNS = 1000;
  public static final int MAX_PATTERN_LENGTH = 4096;

  private final String toolName;
  private final Workspace workspace;
  private final boolean runsCommands;
  private final List<PatchRule> patches = new CopyOnWriteArrayList<>();
  private final Decisions decisions = new Decisions();

  /// @param runsCommands whether the tool's policies are about command lines
  public Guard(String toolName, Workspace workspace, boolean runsCommands) {
    this.toolName = toolName;
    this.workspace = workspace;
    this.runsCommands = runsCommands;
  }

  /// Resolves a path and judges it; returns when it is allowed.
  ///
  /// @throws ToolError OUTSIDE_WORKSPACE or PERMISSION_DENIED when it is not
  public Resolved admit(String path, Mode mode, ToolCallContext context)
      throws ToolError, InterruptedException {
    Resolved resolved = resolve(path);
    Access access = new Access(mode, resolved.path(), workspace.root());
    Verdict verdict = judge(access);
    if (verdict == Verdict.ASK) {
      Operation operation = mode == Mode.READ ? Operation.READ : Operation.WRITE;
      verdict = ask(operation, resolved.path().toString(), Optional.empty(), context);
    }
    if (verdict != Verdict.ALLOW) {
      throw denied(access, resolved);
    }
    return resolved;
  }

  /// Where a path leads, unjudged.
  public Resolved resolve(String path) throws ToolError {
    return PathResolver.resolve(workspace.root(), path);
  }

  /// Whether a file below a folder that was admitted may be read without asking again: what the
  /// folder's admission covers, but for denied and protected files.
  public boolean isReadableIn(Path resolved) {
    Access access = new Access(Mode.READ, resolved, workspace.root());
    return switch (judge(access)) {
      case ALLOW -> true;
      case DENY -> false;
      case ASK -> ProtectedFiles.judge(access).isEmpty();
    };
  }

  /// Judges a command; returns when it may run.
  ///
  /// @throws ToolError PERMISSION_DENIED when it may not
  public void admitCommand(CommandLine command, ToolCallContext context)
      throws ToolError, InterruptedException {
    String script = command.script();
    Optional<String> catastrophe = Catastrophes.in(script, command.directory(), workspace.home());
    if (catastrophe.isPresent()) {
      throw new ToolError(
          ErrorKind.PERMISSION_DENIED,
          "This command is never run: it looks like " + catastrophe.get() + ".",
          "do what you need in a narrower way, with paths inside the workspace.");
    }
    Verdict verdict = judge(command.line(), ShellScript.read(script, command.directory()));
    if (verdict == Verdict.ASK) {
      JsonNode details = Json.object().put("cwd", command.directory().toString());
      verdict = ask(Operation.EXECUTE, script, Optional.of(details), context);
    }
    if (verdict != Verdict.ALLOW) {
      throw new ToolError(
          ErrorKind.PERMISSION_DENIED,
          "Running this command was denied.",
          "do not try it again in other words; use another way, or ask with ask_question.");
    }
  }

  /// Judges an address of the web by the changes of policy; without one it may be fetched. Private
  /// addresses are no matter of policies: whoever connects refuses them.
  ///
  /// @throws ToolError PERMISSION_DENIED when it may not
  public void admitAddress(String address, ToolCallContext context)
      throws ToolError, InterruptedException {
    Verdict verdict = judge(address);
    if (verdict == Verdict.ASK) {
      verdict = ask(Operation.READ, address, Optional.empty(), context);
    }
    if (verdict != Verdict.ALLOW) {
      throw new ToolError(
          ErrorKind.PERMISSION_DENIED,
          "Fetching this address was denied.",
          "do not try it again; go on without this page, or ask with ask_question.");
    }
  }

  private Verdict judge(String address) {
    Optional<Verdict> otherwise = Optional.empty();
    for (PatchRule patch : patches) {
      Optional<Verdict> verdict = patch.judge(address);
      if (verdict.isPresent()) {
        return verdict.get();
      }
      if (otherwise.isEmpty() && patch.mode() == Mode.READ) {
        otherwise = patch.otherwise();
      }
    }
    return otherwise.orElse(Verdict.ALLOW);
  }

  private Verdict judge(Access access) {
    Optional<Verdict> otherwise = Optional.empty();
    // The patterns of a tool that runs commands are about lines; its folder is judged as ever.
    for (PatchRule patch : runsCommands ? List.<PatchRule>of() : patches) {
      Optional<Verdict> verdict = patch.judge(access);
      if (verdict.isPresent()) {
        return verdict.get();
      }
      if (otherwise.isEmpty() && patch.mode() == access.mode()) {
        otherwise = patch.otherwise();
      }
    }
    Verdict usual = access.isInside() ? Verdict.ALLOW : Verdict.ASK;
    return ProtectedFiles.judge(access).orElse(otherwise.orElse(usual));
  }

  private Verdict judge(String line, ShellScript script) {
    Optional<Verdict> otherwise = Optional.empty();
    for (PatchRule patch : patches) {
      Optional<Verdict> verdict = patch.judge(line, script);
      if (verdict.isPresent()) {
        return verdict.get();
      }
      if (otherwise.isEmpty() && patch.mode() == Mode.WRITE) {
        otherwise = patch.otherwise();
      }
    }
    return otherwise.orElse(workspace.commands());
  }

  private Verdict ask(
      Operation operation, String resource, Optional<JsonNode> details, ToolCallContext context)
      throws InterruptedException {
    Decisions.Subject subject = new Decisions.Subject(operation, resource, details);
    Optional<Boolean> decided = decisions.about(subject);
    if (decided.isPresent()) {
      return decided.get() ? Verdict.ALLOW : Verdict.DENY;
    }
    Decision decision =
        workspace
            .scope()
            .people()
            .permission(
                new PermissionRequest(
                    context.agentName(),
                    context.path(),
                    toolName,
                    operation,
                    resource,
                    Reason.POLICY_ASK,
                    details));
    if (decisions.add(subject, decision)) {
      report();
    }
    return decision.allows() ? Verdict.ALLOW : Verdict.DENY;
  }

  private ToolError denied(Access access, Resolved resolved) {
    String what = (access.mode() == Mode.READ ? "Reading " : "Changing ") + resolved.shown();
    return access.isInside()
        ? new ToolError(
            ErrorKind.PERMISSION_DENIED,
            what + " was denied.",
            "do not try it again; go on without this file, or ask with ask_question.")
        : new ToolError(
            ErrorKind.OUTSIDE_WORKSPACE,
            what + " was denied: it is outside the workspace.",
            "use files inside " + workspace.root() + ", or ask with ask_question.");
  }

  /// Puts a policy in front of the others.
  ///
  /// @throws Fault LIMIT_EXCEEDED past the limits
  public void update(PolicyPatch patch) {
    int patterns = patch.allow().size() + patch.deny().size();
    boolean tooLong =
        patch.allow().stream().anyMatch(Guard::isTooLong)
            || patch.deny().stream().anyMatch(Guard::isTooLong);
    if (patches.size() >= MAX_PATCHES || patterns > MAX_PATTERNS || tooLong) {
      throw new Fault(
          FaultCode.LIMIT_EXCEEDED,
          "A run takes at most %d changes of policy for a tool, each of at most %d patterns of %d characters"
              .formatted(MAX_PATCHES, MAX_PATTERNS, MAX_PATTERN_LENGTH));
    }
    patches.addFirst(PatchRule.of(patches.size() + 1, patch));
  }

  private static boolean isTooLong(String pattern) {
    return pattern.length() > MAX_PATTERN_LENGTH;
  }

  /// Tells the journal which policies hold now.
  public void report() throws InterruptedException {
    workspace.scope().journal().add(new EngineEvent.PolicyUpdated(toolName, policyNames()));
  }

  /// The names of the policies, in the order they are asked.
  public List<String> policyNames() {
    List<String> names = new ArrayList<>(patches.stream().map(PatchRule::name).toList());
    names.add("read-path-policy");
    names.add("write-path-policy");
    if (runsCommands) {
      names.add("deny-commands");
    }
    names.addAll(decisions.names());
    return names;
  }
}
