package com.commaagents.strategy.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a project says its strategies may do. What is not given is not permitted.
///
/// @param executesCode whether code of the project itself runs, MCP servers among it
public record Permissions(
    boolean network, Filesystem filesystem, boolean shell, boolean executesCode) {
  /// Permits nothing but to talk to models and to people.
  public static final Permissions NONE = new Permissions(false, Filesystem.NONE, false, false);

  /// How far files may be touched; each includes the ones before it.
  public enum Filesystem {
    NONE,
    READ,
    WRITE
  }

  private static final Permissions ALL = new Permissions(true, Filesystem.WRITE, true, true);
  private static final Permissions READING = new Permissions(false, Filesystem.READ, false, false);
  private static final Permissions WRITING = new Permissions(false, Filesystem.WRITE, false, false);

  /// Tools that touch nothing outside the run.
  private static final Set<String> HARMLESS =
      Set.of(
          "todo_add",
          "todo_complete",
          "todo_remove",
          "todo_get",
          "todo_get_next",
          "todo_clear",
          "ask_question",
          "list_strategy",
          "list_skills",
          "load_skill");

  private static final Map<String, Permissions> NEEDS =
      Map.ofEntries(
          Map.entry("read_file", READING),
          Map.entry("list_directory", READING),
          Map.entry("glob", READING),
          Map.entry("search_files", READING),
          Map.entry("lsp_request", READING),
          Map.entry("create_file", WRITING),
          Map.entry("write_file", WRITING),
          Map.entry("edit_file", WRITING),
          Map.entry("delete_file", WRITING),
          Map.entry("move_file", WRITING),
          Map.entry("restore_file", WRITING),
          Map.entry("run_command", new Permissions(false, Filesystem.NONE, true, false)),
          Map.entry("webfetch", new Permissions(true, Filesystem.NONE, false, false)));

  /// What a tool needs. One that is not known here, and `launch_strategy`, which reaches whatever
  /// another strategy does, needs everything.
  public static Permissions neededBy(String tool) {
    return HARMLESS.contains(tool) ? NONE : NEEDS.getOrDefault(tool, ALL);
  }

  /// Whether something runs that the project brings along, or that its prompts lead a model to run.
  public boolean runsCode() {
    return executesCode || shell;
  }

  /// What of `needed` is not permitted, as it is written in a manifest; empty where all is.
  public List<String> missingFor(Permissions needed) {
    List<String> missing = new ArrayList<>();
    if (needed.network && !network) {
      missing.add("network: true");
    }
    if (needed.filesystem.compareTo(filesystem) > 0) {
      missing.add(needed.filesystem == Filesystem.READ ? "filesystem: read" : "filesystem: write");
    }
    if (needed.shell && !shell) {
      missing.add("shell: true");
    }
    if (needed.executesCode && !executesCode) {
      missing.add("executesCode: true");
    }
    return missing;
  }
}
