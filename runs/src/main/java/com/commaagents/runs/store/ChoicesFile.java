package com.commaagents.runs.store;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.file.PrivateFiles;
import com.commaagents.base.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `<runId>.config.json`: what people have chosen for a run. Fields we do not know are kept.
///
/// Limit: a file has at most [#MAX_BYTES]; a larger one is refused.
final class ChoicesFile {
  static final int MAX_BYTES = 64 << 10;
  private static final String SERVERS = "enabledMcpServerIds";

  private ChoicesFile() {}

  /// @return empty where nothing was chosen
  /// @throws Fault `INVALID_INPUT` when the file cannot be used as it is; `PERSISTENCE`
  static Optional<RunChoices> read(Path file) {
    return tree(file)
        .map(tree -> tree.path(SERVERS))
        .filter(JsonNode::isArray)
        .map(ids -> {
          List<String> chosen = new ArrayList<>();
          ids.forEach(id -> chosen.add(id.asString("")));
          return new RunChoices(chosen);
        });
  }

  /// @throws Fault as [#read]; nothing is changed then
  static void write(Path file, RunChoices choices) {
    ObjectNode tree = tree(file).orElseGet(Json::object);
    ArrayNode ids = tree.putArray(SERVERS);
    choices.enabledMcpServerIds().forEach(ids::add);
    try {
      PrivateFiles.replace(file, Json.writeBytes(tree));
    } catch (IOException refused) {
      throw failed("written", file, refused);
    }
  }

  private static Optional<ObjectNode> tree(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(MAX_BYTES + 1);
      if (content.length <= MAX_BYTES && Json.mapper().readTree(content) instanceof ObjectNode ok) {
        return Optional.of(ok);
      }
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException refused) {
      throw failed("read", file, refused);
    } catch (JacksonException malformed) {
      throw unusable(file);
    }
    throw unusable(file);
  }

  private static Fault unusable(Path file) {
    return new Fault(
        FaultCode.INVALID_INPUT,
        "What was chosen for the run cannot be read: "
            + file
            + " is no JSON object of at most "
            + MAX_BYTES
            + " bytes. Correct or remove the file.");
  }

  private static Fault failed(String what, Path file, IOException refused) {
    return new Fault(
        FaultCode.PERSISTENCE,
        "What was chosen for the run cannot be "
            + what
            + ": "
            + file
            + ": "
            + Reasons.of(refused)
            + ".",
        refused);
  }
}
