package com.commaagents.cli.care;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.models.catalogue.Catalogues;
import com.commaagents.models.listing.RegisteredProviders;
import com.commaagents.runs.care.Permissions;
import com.commaagents.runs.mcp.Approvals;
import com.commaagents.strategy.definition.McpServer.Source;
import com.commaagents.strategy.installed.CodeApprovals;
import com.commaagents.strategy.load.McpServerFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The files of a data folder beside settings, credentials and runs, each read as the daemon reads
/// it. Those that the daemon itself writes are private and can be made anew: a repair sets aside
/// one that cannot be read. Those of people only people can mend.
final class KeptFiles {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final List<KeptFile> files;

  /// Reads a file, for what is wrong in it; a [Fault] when nothing of it can be used.
  private interface Reading {
    List<String> problems();
  }

  /// @param anew what is to be done once it was set aside; empty for a file of people
  private record KeptFile(String name, Path path, Reading reading, Optional<String> anew) {}

  KeptFiles(Path data, Path workingFolder) {
    files =
        List.of(
            new KeptFile(
                "models.json",
                data.resolve("models.json"),
                () -> Catalogues.with(data.resolve("models.json")).problems(),
                Optional.empty()),
            kept(
                "providers",
                data.resolve("provider-registry.json"),
                path -> new RegisteredProviders(path).ids().size(),
                "register the providers again"),
            kept(
                "package approvals",
                data.resolve(CodeApprovals.FILE_NAME),
                _ -> new CodeApprovals(data).unusedBy(List.of()).size(),
                "approve packages again"),
            kept(
                "MCP approvals",
                data.resolve("mcp-approvals.json"),
                _ -> new Approvals(data).count(),
                "approve MCP servers again"),
            servers("mcp.json", Source.GLOBAL, data.resolve("mcp.json"), workingFolder, data),
            servers(
                "mcp.json here",
                Source.WORKSPACE,
                workingFolder.resolve(".comma/mcp.json"),
                workingFolder,
                data));
  }

  private interface Counting {
    int entries(Path path);
  }

  private static KeptFile kept(String name, Path path, Counting counting, String anew) {
    Reading reading =
        () -> {
          int _ = counting.entries(path);
          return List.of();
        };
    return new KeptFile(name, path, reading, Optional.of(anew));
  }

  private static KeptFile servers(
      String name, Source source, Path path, Path workingFolder, Path data) {
    Reading reading =
        () -> {
          var _ = McpServerFiles.readOne(source, workingFolder, data);
          return List.of();
        };
    return new KeptFile(name, path, reading, Optional.empty());
  }

  List<Check> examine() {
    return files.stream().map(KeptFiles::examine).toList();
  }

  private static Check examine(KeptFile file) {
    if (!Files.exists(file.path())) {
      return Check.sound(file.name(), "none");
    }
    List<Problem> problems = new ArrayList<>();
    if (file.anew().isPresent()) {
      problems.addAll(DataFiles.mode(file.path()));
    }
    try {
      file.reading().problems().forEach(what -> problems.add(malformed(file, what)));
    } catch (Fault unusable) {
      problems.add(
          file.anew()
              .filter(_ -> canBeSetAside(unusable))
              .map(anew ->
                  Problem.repairable(
                      "malformed",
                      file.path(),
                      detail(file, unusable.message()),
                      "set it aside; then " + anew))
              .orElseGet(() -> malformed(file, unusable.message())));
    }
    return new Check(file.name(), file.path().toString(), problems);
  }

  private static Problem malformed(KeptFile file, String what) {
    return Problem.forPerson(
        "malformed", file.path().toString(), detail(file, what), "correct the file");
  }

  // Of several lines the first is a headline. Which file is meant is told beside it.
  private static String detail(KeptFile file, String message) {
    List<String> lines = message.lines().toList();
    return lines.stream()
        .skip(lines.size() > 1 ? 1 : 0)
        .map(line -> line.strip().replaceFirst("^- ", "").replace(file.path() + ":", ""))
        .collect(Collectors.joining("; "))
        .strip();
  }

  // What the disk does not give may be whole.
  private static boolean canBeSetAside(Fault unusable) {
    return unusable.code() != FaultCode.PERSISTENCE;
  }

  /// Lets only the owner in, and sets aside what cannot be read.
  ///
  /// @param told is told of each file that was, and of what could not be done
  void repair(Instant now, List<String> told) {
    for (KeptFile file : files) {
      if (file.anew().isPresent() && Files.exists(file.path())) {
        try {
          repair(file, now, told);
        } catch (IOException refused) {
          told.add(file.path() + " cannot be changed: " + refused.getMessage());
        }
      }
    }
  }

  private static void repair(KeptFile file, Instant now, List<String> told) throws IOException {
    if (Permissions.isWrong(file.path())) {
      Permissions.restrict(file.path());
    }
    try {
      List<String> _ = file.reading().problems();
    } catch (Fault unusable) {
      if (canBeSetAside(unusable)) {
        Path aside =
            file.path().resolveSibling(file.path().getFileName() + ".damaged-" + STAMP.format(now));
        // An original that is there already is not overwritten.
        Files.move(file.path(), aside);
        told.add("As it was: " + aside);
      }
    }
  }
}
