package com.commaagents.engine.template;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What templates may see of the outside.
///
/// @param environment variables, for the filter `env`
/// @param credentialNames variables that are never shown, besides those whose names say what they
///   hold
/// @param commands runs what the filter `exec` is given; empty: it is off
public record TemplateWorld(
    Map<String, String> environment, Set<String> credentialNames, Optional<Commands> commands) {
  /// Nothing of it.
  public static final TemplateWorld NONE = new TemplateWorld(Map.of(), Set.of(), Optional.empty());

  public TemplateWorld {
    environment = Map.copyOf(environment);
    credentialNames = Set.copyOf(credentialNames);
  }

  /// Port: runs a command for a template.
  @FunctionalInterface
  public interface Commands {
    /// What it prints. Bounded in time and size by whoever implements it.
    ///
    /// @throws IOException when it fails; the message is for the template's author
    String output(String command, Path folder) throws IOException, InterruptedException;
  }
}
