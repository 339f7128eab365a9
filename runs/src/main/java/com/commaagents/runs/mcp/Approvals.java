package com.commaagents.runs.mcp;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.file.SharedFile;
import com.commaagents.base.json.Json;
import com.commaagents.strategy.definition.McpServer;
import com.commaagents.strategy.definition.McpServer.Source;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Which programs of working folders may be started: `mcp-approvals.json` in the data folder.
///
/// A working folder may be a repository somebody has cloned, and its `mcp.json` names programs. So
/// that preparing a run there starts nothing, such a server has to be approved first. An approval
/// is a hash of the folder and of the definition: after a change it has to be given again.
/// Thread-safe.
///
/// Limits: [#MAX_BYTES] of the file, [#MAX_APPROVALS] in it; the oldest are forgotten.
public final class Approvals {
  static final int MAX_BYTES = 1 << 20;
  static final int MAX_APPROVALS = 4096;

  private static final String APPROVED = "approved";

  private final SharedFile<Set<String>> file;

  public Approvals(Path dataFolder) {
    Path path = dataFolder.resolve("mcp-approvals.json");
    this.file = new SharedFile<>(path, MAX_BYTES, Set.of(), content -> read(path, content));
  }

  /// How many there are.
  ///
  /// @throws Fault as [#cover]
  public int count() {
    return file.value().size();
  }

  /// Whether a server may be started or reached in a folder.
  ///
  /// @throws Fault `INVALID_INPUT` or `PERSISTENCE` when the file cannot be read
  boolean cover(McpServer server, Path workingFolder) {
    return !needed(server) || file.value().contains(hash(server, workingFolder));
  }

  /// Approves a server in a folder; kept on disk when this returns. One that needs no approval: no
  /// effect.
  void approve(McpServer server, Path workingFolder) {
    if (cover(server, workingFolder)) {
      return;
    }
    String hash = hash(server, workingFolder);
    file.change(before -> write(before, hash));
  }

  private static boolean needed(McpServer server) {
    return server.source() == Source.WORKSPACE && server.transport().equals("stdio");
  }

  private static Set<String> read(Path path, byte[] content) {
    try {
      JsonNode hashes = Json.mapper().readTree(content).path(APPROVED);
      if (hashes.isArray()) {
        Set<String> read = new LinkedHashSet<>();
        hashes.forEach(hash -> read.add(hash.asString("")));
        return read;
      }
    } catch (JacksonException malformed) {
      throw unusable(path);
    }
    throw unusable(path);
  }

  private static Fault unusable(Path path) {
    return new Fault(
        FaultCode.INVALID_INPUT,
        path
            + " cannot be read: it is no JSON object with an array \"approved\". Correct the file, or"
            + " remove it and approve MCP servers again.");
  }

  private static byte[] write(Set<String> before, String added) {
    ObjectNode tree = Json.object();
    ArrayNode hashes = tree.putArray(APPROVED);
    before.stream().skip(Math.max(0, before.size() - MAX_APPROVALS + 1)).forEach(hashes::add);
    hashes.add(added);
    return Json.writeBytes(tree);
  }

  // Without what does not matter to what is run: the order of fields, and the default.
  private static String hash(McpServer server, Path workingFolder) {
    ObjectNode about = Json.object();
    about.put("folder", workingFolder.toAbsolutePath().normalize().toString());
    about.put("id", server.id());
    about.set("definition", sorted(server.definition()));
    ((ObjectNode) about.path("definition")).remove("enabledByDefault");
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Json.writeBytes(about)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  private static JsonNode sorted(JsonNode node) {
    if (!node.isObject()) {
      return node;
    }
    ObjectNode sorted = Json.object();
    new TreeSet<>(node.propertyNames()).forEach(name -> sorted.set(name, sorted(node.path(name))));
    return sorted;
  }
}
