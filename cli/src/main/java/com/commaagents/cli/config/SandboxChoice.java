package com.commaagents.cli.config;

/// What keeps commands from writing outside their workspace.
public enum SandboxChoice {
  /// Bubblewrap where it works, else Landlock, else nothing.
  AUTO,
  BUBBLEWRAP,
  LANDLOCK,
  OFF
}
