package com.commaagents.cli.config;

/// What keeps programs that runs start from writing outside their workspace.
public enum SandboxChoice {
  /// Bubblewrap where it works, else Landlock, else nothing.
  AUTO,
  BUBBLEWRAP,
  LANDLOCK,
  OFF
}
