package com.commaagents.packages.install;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.packages.registry.Release;
import com.commaagents.strategy.definition.McpServer;
import com.commaagents.strategy.definition.McpServer.Source;
import com.commaagents.strategy.definition.Permissions;
import com.commaagents.strategy.definition.Project;
import com.commaagents.strategy.definition.Strategy;
import com.commaagents.strategy.load.LoadRequest;
import com.commaagents.strategy.load.LoadResult;
import com.commaagents.strategy.load.StrategyLoader;
import com.commaagents.strategy.load.StrategyNeeds;
import com.commaagents.strategy.source.SourceFormat;
import com.commaagents.strategy.wording.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a package would run, for the person who is to approve it.
///
/// Whether it needs approval is said by its permissions and the tools it lists; without these
/// permissions none of its strategies can run anything. What is told in detail is found in its
/// strategies, whether the manifest lists them or not.
///
/// Limits: [#MAX_FILES] are looked at; [#MAX_TOLD] things are told.
public final class CodeInspection {
  static final int MAX_FILES = 500;
  static final int MAX_TOLD = 20;

  private final Contents contents;
  private final List<String> found = new ArrayList<>();

  private CodeInspection(Contents contents) {
    this.contents = contents;
  }

  public static boolean needsApproval(Contents contents) {
    return contents.project().permissions().runsCode() || !contents.project().tools().isEmpty();
  }

  /// That somebody has to approve it first, with all that it would run.
  ///
  /// @param changes against what is installed, a sentence each
  public static Fault refusal(Contents contents, Release release, List<String> changes)
      throws IOException {
    List<String> told = new CodeInspection(contents).look();
    String more = told.size() > MAX_TOLD ? "\n  … and " + (told.size() - MAX_TOLD) + " more" : "";
    return new Fault(
        FaultCode.CONFLICT,
        release
            + " runs code, which nobody has approved. Its permissions: "
            + permissions(contents.project().permissions())
            + "."
            + changes.stream().map(" "::concat).collect(Collectors.joining())
            + told.stream()
                .limit(MAX_TOLD)
                .map(line -> "\n  - " + line)
                .collect(Collectors.joining())
            + more
            + "\nNothing was changed. To approve exactly this archive: comma packages install "
            + release.name()
            + " --allow-code, for a newer version comma packages update; in a message: allowCode.");
  }

  private static String permissions(Permissions permissions) {
    List<String> all = Permissions.NONE.missingFor(permissions);
    return all.isEmpty() ? "none" : String.join(", ", all);
  }

  private List<String> look() throws IOException {
    Project project = contents.project();
    Path root = contents.root();
    project
        .tools()
        .forEach((id, part) ->
            found.add(
                "tool " + Shown.quoted(id) + ": " + Shown.path(root.relativize(part.file()))));
    StrategyLoader loader = new StrategyLoader();
    try (Stream<Path> files = Files.walk(root)) {
      files
          .filter(file -> SourceFormat.of(file).isPresent() && Files.isRegularFile(file))
          .sorted()
          .limit(MAX_FILES)
          .forEach(file -> {
            if (loader.check(file, LoadRequest.FILE_ONLY) instanceof LoadResult.Loaded(var read)) {
              note(Shown.path(root.relativize(file)), read);
            }
          });
    }
    return found;
  }

  private void note(String file, Strategy strategy) {
    strategy
        .mcpServers()
        .forEach((id, definition) -> {
          McpServer server = new McpServer(id, Source.STRATEGY, definition);
          if (server.isProgram()) {
            found.add(file + ": MCP server " + Shown.quoted(id) + " runs " + server.commandLine());
          }
        });
    StrategyNeeds.of(strategy).stream()
        .filter(need -> need.permissions().runsCode() && !need.what().startsWith("MCP server"))
        .forEach(need -> found.add(file + ": " + need.what()));
  }
}
