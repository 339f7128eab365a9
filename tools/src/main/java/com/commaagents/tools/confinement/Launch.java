package com.commaagents.tools.confinement;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A program that is to be started.
///
/// @param session what stands before a program so that it gets a session of its own; may be empty
/// @param program the program and its arguments
/// @param directory absolute, without links; what confines lets the program write there, too
/// @param environment what this process lends it; whoever confines it may have it, too
/// @param variables the program's own, chosen by whoever wrote its command. They come over the
///   others, and to the program alone: what confines it must not obey them, or an `LD_PRELOAD`
///   would run unconfined
/// @param token the program's mark for its exit code: whoever finds that `directory` is another
///   folder by now writes a line `TOKEN moved` and starts nothing
public record Launch(
    List<String> session,
    List<String> program,
    Path directory,
    Map<String, String> environment,
    Map<String, String> variables,
    String token) {
  public Launch {
    session = List.copyOf(session);
    program = List.copyOf(program);
    environment = Map.copyOf(environment);
    variables = Map.copyOf(variables);
  }

  /// Everything the program sees in its environment.
  Map<String, String> allVariables() {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(variables);
    return all;
  }
}
