package com.commaagents.cli.config;

import java.util.Optional;
import java.util.OptionalInt;

/// What the command line says about the daemon; it wins over everything else.
public record Flags(OptionalInt port, Optional<String> modelOverride, boolean verbose) {
  public static final Flags NONE = new Flags(OptionalInt.empty(), Optional.empty(), false);
}
