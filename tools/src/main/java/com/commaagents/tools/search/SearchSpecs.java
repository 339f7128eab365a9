package com.commaagents.tools.search;

import com.commaagents.engine.model.ToolSpec;
import com.commaagents.tools.call.Schema;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What a model is told of the tools that find things. Nobody changes the schemas.
final class SearchSpecs {
  static final int MAX_RESULTS = 10_000;
  static final int MAX_CONTEXT_LINES = 20;
  static final int MAX_LIST_DEPTH = 32;
  private static final int MAX_PATTERN_LENGTH = 4096;
  private static final int MAX_GLOBS = 100;

  static final ToolSpec LIST =
      new ToolSpec(
          "list_directory",
          "Lists a folder, sorted; folders end with a slash. Recursively it goes 8 folders deep, or"
              + " as deep as maxDepth says, and leaves out what is in "
              + DefaultExcludes.text()
              + ". Shows 5000 names at most; when it is incomplete, list a folder in it, or use glob.",
          Schema.object()
              .required("path", Schema.text("The folder, absolute or from the workspace; . is it."))
              .optional("recursive", Schema.flag("Lists the folders in it too; false without it."))
              .optional(
                  "maxDepth",
                  Schema.integer(
                      "How deep, with recursive; 8 without it, 32 at most.", 1, MAX_LIST_DEPTH))
              .optional(
                  "includeHidden",
                  Schema.flag("Lists names that begin with a dot too; false without it."))
              .build(),
          true);

  static final ToolSpec GLOB =
      new ToolSpec(
          "glob",
          "Finds files and folders by a pattern over their path from root: * within a name, ** any"
              + " folders, ? one character, [a-z], {a,b}. For example src/**/*.ts. Names that begin"
              + " with a dot are found too. Leaves out "
              + DefaultExcludes.text()
              + " unless the pattern names them. Shows 1000 results, or as many as maxResults says;"
              + " when more were left out, look with a narrower pattern or a deeper root.",
          Schema.object()
              .required("pattern", pattern("The pattern, relative to root."))
              .optional("root", Schema.text("Where to look; without it the workspace."))
              .optional("excludeGlobs", globs("What to leave out besides."))
              .optional(
                  "maxResults",
                  Schema.integer(
                      "Results at most; 1000 without it, 10000 at most.", 1, MAX_RESULTS))
              .build(),
          true);

  static final ToolSpec SEARCH =
      new ToolSpec(
          "search_files",
          "Searches file names or contents. mode path: query is in the path, in any case; mode"
              + " text: query is in a line, exactly; mode regex: a Java regular expression finds"
              + " something in a line. Answers PATH:LINE: TEXT. Shows 100 results, or as many as"
              + " maxResults says. Leaves out binary files, files over 4 MiB and "
              + DefaultExcludes.text()
              + ". When it finds too much or takes over 10 s, use a narrower query, includeGlobs or a"
              + " deeper root.",
          Schema.object()
              .required("query", pattern("What to look for."))
              .required("mode", mode())
              .optional("root", Schema.text("Where to look; without it the workspace."))
              .optional("includeGlobs", globs("Only files that fit one; *.ts fits in any folder."))
              .optional("excludeGlobs", globs("No files or folders that fit one."))
              .optional(
                  "maxResults",
                  Schema.integer("Results at most; 100 without it, 10000 at most.", 1, MAX_RESULTS))
              .optional(
                  "contextLines",
                  Schema.integer(
                      "Lines to show before and after each; 0 without it, 20 at most.",
                      0,
                      MAX_CONTEXT_LINES))
              .build(),
          true);

  static final List<ToolSpec> ALL = List.of(LIST, GLOB, SEARCH);

  private SearchSpecs() {}

  private static ObjectNode pattern(String description) {
    return Schema.name(description).put("maxLength", MAX_PATTERN_LENGTH);
  }

  private static ObjectNode globs(String description) {
    return Schema.list(description, pattern("A glob pattern."), MAX_GLOBS);
  }

  private static ObjectNode mode() {
    ObjectNode mode = Schema.text("Where to look for it.");
    mode.putArray("enum").add("path").add("text").add("regex");
    return mode;
  }
}
