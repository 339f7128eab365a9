package com.commaagents.strategy.definition;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A project as its manifest says it, checked: every path is a file that lies in its folder.
///
/// @param manifest the absolute path it was read from
/// @param strategies by id, in file order; so are agents, tools and flows
public record Project(
    Path manifest,
    String name,
    String version,
    Optional<String> description,
    Optional<String> license,
    Map<String, Part> strategies,
    Map<String, Part> agents,
    Map<String, Part> tools,
    Map<String, Part> flows,
    Permissions permissions) {
  /// What manifests are called.
  public static final String FILE_NAME = "comma-project.json";

  /// @param file absolute
  /// @param expose whether others find it by name
  public record Part(Path file, boolean expose, Optional<String> description) {}

  public Project {
    strategies = Collections.unmodifiableMap(new LinkedHashMap<>(strategies));
    agents = Collections.unmodifiableMap(new LinkedHashMap<>(agents));
    tools = Collections.unmodifiableMap(new LinkedHashMap<>(tools));
    flows = Collections.unmodifiableMap(new LinkedHashMap<>(flows));
  }
}
