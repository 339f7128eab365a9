package com.commaagents.strategy.load;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.file.PrivateFiles;
import com.commaagents.base.json.Json;
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
import java.nio.charset.StandardCharsets;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

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
    for (Source source : List.of(Source.GLOBAL, Source.WORKSPACE)) {
      add(servers, file(source, workingFolder, dataFolder), source);
    }
    return servers;
  }

  /// As [#read], of one of the files.
  ///
  /// @throws Fault as [#read]
  public static SequencedMap<String, McpServer> readOne(
      Source source, Path workingFolder, Path dataFolder) {
    SequencedMap<String, McpServer> servers = new LinkedHashMap<>();
    add(servers, file(source, workingFolder, dataFolder), source);
    return servers;
  }

  /// Writes into the file that defines a server whether runs have it unless somebody chooses
  /// otherwise. The file is replaced in one step and keeps its permissions; the change is on disk
  /// when this returns.
  ///
  /// @param server not a strategy's own
  /// @throws Fault `NOT_FOUND` when the file does not define it any more; `INVALID_INPUT` when the
  ///   file cannot be used as it is; `PERSISTENCE` when the disk refuses
  public static void setDefault(
      McpServer server, Path workingFolder, Path dataFolder, boolean enabled) {
    Path file = file(server.source(), workingFolder, dataFolder);
    JsonNode tree = content(file).map(Json.mapper()::readTree).orElseGet(Json::object);
    if (!(tree.path(FIELD).path(server.id()) instanceof ObjectNode definition)) {
      throw new Fault(
          FaultCode.NOT_FOUND,
          Shown.path(file) + " does not define the MCP server " + server.id() + " any more.");
    }
    definition.put("enabledByDefault", enabled);
    try {
      PrivateFiles.rewrite(file, (tree.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException refused) {
      throw new Fault(
          FaultCode.PERSISTENCE, "MCP servers cannot be written to " + Shown.path(file), refused);
    }
  }

  private static Path file(Source source, Path workingFolder, Path dataFolder) {
    return switch (source) {
      case GLOBAL -> dataFolder.resolve("mcp.json");
      case WORKSPACE -> workingFolder.resolve(".comma").resolve("mcp.json");
      case STRATEGY -> throw new IllegalArgumentException("a strategy's own server");
    };
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
