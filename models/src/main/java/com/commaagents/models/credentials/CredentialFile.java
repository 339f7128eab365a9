package com.commaagents.models.credentials;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.json.Json;
import com.commaagents.base.file.SharedFile;
import java.nio.file.Path;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The file of credentials as a tree. Thread-safe.
///
/// It is made when first written, with mode 0600 in a folder of mode 0700. What we do not know in
/// it stays as it is. Limit: [#MAX_BYTES]; a larger file is refused.
final class CredentialFile {
  static final int MAX_BYTES = 1 << 20;

  private final SharedFile<ObjectNode> file;

  CredentialFile(Path path) {
    file = new SharedFile<>(path, MAX_BYTES, Json.object(), bytes -> scopes(path, bytes));
  }

  Path path() {
    return file.path();
  }

  /// The file's content; an empty object when there is none. Nobody changes it.
  JsonNode read() {
    return file.value();
  }

  /// Changes a copy of the content and replaces the file with it.
  void change(Consumer<ObjectNode> edit) {
    file.change(scopes -> {
      ObjectNode changed = scopes.deepCopy();
      edit.accept(changed);
      return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(changed);
    });
  }

  private static ObjectNode scopes(Path path, byte[] bytes) {
    try {
      if (Json.mapper().readTree(bytes) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException notJson) {
      // The parser's own message quotes what it read, which may be a key.
      TokenStreamLocation at = notJson.getLocation();
      throw malformed(
          path, ":" + at.getLineNr() + ":" + at.getColumnNr() + ": this is not valid JSON");
    }
    throw malformed(
        path, ": must be an object of scopes, such as {\"$global\": {\"openai\": {…}}}");
  }

  private static Fault malformed(Path path, String what) {
    return new Fault(FaultCode.INVALID_INPUT, path + what);
  }
}
