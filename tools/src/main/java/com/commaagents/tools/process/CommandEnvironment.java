package com.commaagents.tools.process;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.tools.confinement.SearchPath;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The environment of commands: the daemon's without what looks like a credential, and without the
/// daemon's own settings.
///
/// Left out: the names that are given; `COMMA_*`; names that end in `_API_KEY`, `_TOKEN`,
/// `_SECRET`, `_ACCESS_KEY`, `_SECRET_KEY`, `_PRIVATE_KEY`, `_PASSWORD`, `_CREDENTIALS`, or are
/// that. Case does not matter. Thread-safe.
public final class CommandEnvironment {
  private static final Pattern CREDENTIAL =
      Pattern.compile(
          "COMMA_.*|(.*_)?(API_?KEY|TOKEN|SECRET|ACCESS_KEY|SECRET_KEY|PRIVATE_KEY|PASSWORD|PASSWD"
              + "|CREDENTIALS?)");

  private final Map<String, String> kept;
  private final SearchPath searchPath;
  private final Shell shell;
  private final Watchdog watchdog;

  /// @param environment the daemon's
  /// @param credentialNames variables that hold credentials of model providers
  public CommandEnvironment(
      Map<String, String> environment, Set<String> credentialNames, IdGenerator ids) {
    Map<String, String> left = new HashMap<>(environment);
    left.keySet()
        .removeIf(name ->
            credentialNames.contains(name)
                || CREDENTIAL.matcher(name.toUpperCase(Locale.ROOT)).matches());
    kept = Map.copyOf(left);
    searchPath = new SearchPath(kept.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin"));
    shell = Shell.find(searchPath);
    watchdog = new Watchdog(shell, searchPath, ids);
  }

  /// The environment of one command, with variables of its own.
  Map<String, String> with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(kept);
    all.putAll(more);
    return all;
  }

  /// Where programs are looked for.
  public SearchPath searchPath() {
    return searchPath;
  }

  /// How a command is started there; looked up once.
  Shell shell() {
    return shell;
  }

  /// Who ends the commands when this process dies; one for all.
  Watchdog watchdog() {
    return watchdog;
  }
}
