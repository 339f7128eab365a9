package com.commaagents.models.credentials;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.json.Json;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The file of credentials as a tree, kept in memory until the file changes. Thread-safe.
///
/// It is made when first written, with mode 0600 in a folder of mode 0700. What we do not know in
/// it stays as it is. Limit: [#MAX_BYTES]; a larger file is refused.
final class CredentialFile {
  static final int MAX_BYTES = 1 << 20;

  private final Path path;
  private final Object lock = new Object();
  private @Nullable Version readVersion;
  private ObjectNode scopes = Json.object();

  // A file replaced within the clock's grain has another key.
  private record Version(FileTime modified, long size, Optional<Object> key) {}

  CredentialFile(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  /// The file's content; an empty object when there is none. Nobody changes it.
  JsonNode read() {
    synchronized (lock) {
      refresh();
      return scopes;
    }
  }

  /// Changes a copy of the content and replaces the file with it.
  void change(Consumer<ObjectNode> edit) {
    synchronized (lock) {
      refresh();
      ObjectNode changed = scopes.deepCopy();
      edit.accept(changed);
      byte[] bytes = Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(changed);
      try {
        PrivateFiles.replace(path, bytes);
      } catch (IOException cause) {
        throw new Fault(
            FaultCode.PERSISTENCE,
            "cannot write " + path + " (" + cause.getClass().getSimpleName() + ")",
            cause);
      }
      readVersion = null;
    }
  }

  private void refresh() {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      Version version =
          new Version(
              attributes.lastModifiedTime(),
              attributes.size(),
              Optional.ofNullable(attributes.fileKey()));
      if (!version.equals(readVersion)) {
        scopes = load(attributes.size());
        readVersion = version;
      }
    } catch (NoSuchFileException none) {
      scopes = Json.object();
      readVersion = null;
    } catch (IOException cause) {
      throw new Fault(
          FaultCode.PERSISTENCE,
          "cannot read " + path + " (" + cause.getClass().getSimpleName() + ")",
          cause);
    }
  }

  private ObjectNode load(long size) throws IOException {
    if (size > MAX_BYTES) {
      throw new Fault(FaultCode.LIMIT_EXCEEDED, path + " is larger than " + MAX_BYTES + " bytes");
    }
    byte[] bytes;
    // Not through a channel: an interruption of the run would close that and look like a bad disk.
    try (InputStream in = new FileInputStream(path.toFile())) {
      bytes = in.readNBytes(MAX_BYTES);
    }
    try {
      if (Json.mapper().readTree(bytes) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException notJson) {
      // The parser's own message quotes what it read, which may be a key.
      throw malformed(" line " + notJson.getLocation().getLineNr() + ": this is not valid JSON");
    }
    throw malformed(": must be an object of scopes, such as {\"$global\": {\"openai\": {…}}}");
  }

  private Fault malformed(String what) {
    return new Fault(FaultCode.INVALID_INPUT, path + what);
  }
}
