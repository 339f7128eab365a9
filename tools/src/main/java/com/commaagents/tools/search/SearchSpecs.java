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
          "Lists a folder, sorted; folders end with a slash. Recursively it leaves out what is in "
              + DefaultExcludes.text()
              + ".",
          Schema.object()
              .required("path", Schema.text("The folder, absolute or from the workspace; . is it."))
              .optional("recursive", Schema.flag("Lists the folders in it too."))
              .optional(
                  "maxDepth",
                  Schema.integer("How deep, with recursive; 8 without it.", 1, MAX_LIST_DEPTH))
              .optional("includeHidden", Schema.flag("Lists names that begin with a dot too."))
              .build(),
          true);

  static final ToolSpec GLOB =
      new ToolSpec(
          "glob",
          "Finds files and folders by a pattern over their path from root: * within a name, ** any"
              + " folders, ? one character, [a-z], {a,b}. For example src/**/*.ts. Names that begin"
              + " with a dot are found too. Leaves out "
              + DefaultExcludes.text()
              + " unless the pattern names them.",
          Schema.object()
              .required("pattern", pattern("The pattern, relative to root."))
              .optional("root", Schema.text("Where to look; without it the workspace."))
              .optional("excludeGlobs", globs("What to leave out besides."))
              .optional("maxResults", Schema.integer("1000 without it.", 1, MAX_RESULTS))
              .build(),
          true);

  static final ToolSpec SEARCH =
      new ToolSpec(
          "search_files",
          "Searches file names or contents. mode path: query is in the path, in any case; mode"
              + " text: query is in a line, exactly; mode regex: a Java regular expression finds"
              + " something in a line. Answers PATH:LINE: TEXT. Leaves out binary files and "
              + DefaultExcludes.text()
              + ".",
          Schema.object()
              .required("query", pattern("What to look for."))
              .required("mode", mode())
              .optional("root", Schema.text("Where to look; without it the workspace."))
              .optional("includeGlobs", globs("Only files that fit one; *.ts fits in any folder."))
              .optional("excludeGlobs", globs("No files or folders that fit one."))
              .optional("maxResults", Schema.integer("100 without it.", 1, MAX_RESULTS))
              .optional(
                  "contextLines",
                  Schema.integer(
                      "Lines to show before and after each; 0 without it.", 0, MAX_CONTEXT_LINES))
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
