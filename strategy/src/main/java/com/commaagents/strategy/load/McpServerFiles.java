package com.commaagents.strategy.load;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.strategy.definition.McpServer;
import com.commaagents.strategy.definition.McpServer.Source;
import com.commaagents.strategy.load.LoadResult.Rejected;
import com.commaagents.strategy.source.ReadResult.Malformed;
import com.commaagents.strategy.source.ReadResult.Parsed;
import com.commaagents.strategy.source.SourceFormat;
import com.commaagents.strategy.source.SourceNode;
import com.commaagents.strategy.source.SourceNode.Mapping;
import com.commaagents.strategy.source.SourceReader;
import com.commaagents.strategy.wording.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The MCP servers that are defined outside of strategies: `.comma/mcp.json` of a working folder,
/// and `mcp.json` of the data folder.
///
/// All problems of a file are reported at once. Of a file without `mcpServers` nothing is told, and
/// of no file a value that may be secret. Limits of a file: [SourceReader].
public final class McpServerFiles {
  private static final String FIELD = "mcpServers";
  private static final String EXPECTED = "an object with the field mcpServers";

  private McpServerFiles() {}

  /// The servers of both files, by id; the working folder's count where both have one. A file that
  /// is not there defines none.
  ///
  /// @throws Fault `INVALID_INPUT`: a file cannot be used as it is; `PERSISTENCE`: the disk does
  ///   not give it
  public static SequencedMap<String, McpServer> read(Path workingFolder, Path dataFolder) {
    SequencedMap<String, McpServer> servers = new LinkedHashMap<>();
    add(servers, dataFolder.resolve("mcp.json"), Source.GLOBAL);
    add(servers, workingFolder.resolve(".comma").resolve("mcp.json"), Source.WORKSPACE);
    return servers;
  }

  private static void add(Map<String, McpServer> servers, Path file, Source source) {
    Optional<byte[]> content = content(file);
    if (content.isEmpty()) {
      return;
    }
    Problems problems = new Problems();
    switch (SourceReader.read(content.get(), SourceFormat.JSON)) {
      case Malformed malformed -> problems.add(malformed.at(), top(), malformed::message);
      case Parsed(Mapping root) when root.fields().containsKey(FIELD) -> {
        Section section = Section.of(root, top(), problems);
        section.allowOnly(List.of(FIELD));
        section
            .find(FIELD)
            .flatMap(Spot::section)
            .ifPresent(found ->
                found.forEach((id, spot) -> {
                  McpServerCheck.check(spot);
                  servers.put(id, new McpServer(id, source, spot.node().toJson()));
                }));
      }
      case Parsed(SourceNode other) ->
          problems.add(other.at(), top(), () -> "expected " + EXPECTED);
    }
    if (problems.count() > 0) {
      throw new Rejected(
              file,
              FaultCode.INVALID_INPUT,
              "MCP servers cannot be read from " + Shown.path(file) + ". Correct the file:",
              problems.list(),
              problems.omitted())
          .asFault();
    }
  }

  private static FieldPath top() {
    return new FieldPath.Top();
  }

  /// Only regular files are opened: a pipe would block.
  private static Optional<byte[]> content(Path file) {
    try {
      if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
        throw new Fault(
            FaultCode.INVALID_INPUT,
            "MCP servers cannot be read from "
                + Shown.path(file)
                + ": it is not a regular file. Remove it, or put a file there.");
      }
      try (InputStream content = Files.newInputStream(file)) {
        return Optional.of(content.readNBytes(SourceReader.MAX_BYTES + 1));
      }
    } catch (NoSuchFileException missing) {
      return Optional.empty();
    } catch (AccessDeniedException denied) {
      throw new Fault(
          FaultCode.INVALID_INPUT,
          "MCP servers cannot be read from " + Shown.path(file) + ". Check its permissions.",
          denied);
    } catch (IOException broken) {
      throw new Fault(
          FaultCode.PERSISTENCE, "MCP servers cannot be read from " + Shown.path(file), broken);
    }
  }
}
