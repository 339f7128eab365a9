package com.commaagents.tools.trash;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.json.Json;
import com.commaagents.tools.disk.AtomicFile;
import com.commaagents.tools.disk.Content;
import com.commaagents.tools.disk.Directory;
import com.commaagents.tools.disk.Facts;
import com.commaagents.tools.failure.ToolError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Which workspaces have a trash: a JSON file `{"workspaces": [PATH, …]}`. Thread-safe.
///
/// Limit: [#MAX_WORKSPACES]; past it the oldest is forgotten, and its trash is still found when its
/// path is given. A file that cannot be read counts as empty: it is a convenience, the truth is in
/// the workspaces.
final class TrashIndex {
  static final int MAX_WORKSPACES = 10_000;

  private final Optional<Path> file;
  private final AtomicFile files;
  private final SequencedSet<String> added = new LinkedHashSet<>();

  TrashIndex(Optional<Path> file, IdGenerator ids) {
    this.file = file;
    files = new AtomicFile(ids);
  }

  synchronized List<Path> workspaces() throws IOException {
    return read().stream().map(Path::of).toList();
  }

  synchronized void add(Path workspace) throws IOException {
    if (added.contains(workspace.toString())) {
      return;
    }
    SequencedSet<String> all = read();
    if (all.add(workspace.toString())) {
      while (all.size() > MAX_WORKSPACES) {
        all.removeFirst();
      }
      write(all);
    }
    added.add(workspace.toString());
  }

  private SequencedSet<String> read() throws IOException {
    SequencedSet<String> workspaces = new LinkedHashSet<>();
    if (file.isEmpty()) {
      workspaces.addAll(added);
      return workspaces;
    }
    if (!Files.isRegularFile(file.get())) {
      return workspaces;
    }
    try (Directory folder = Directory.open(folder(file.get()))) {
      Json.parse(Content.read(folder, file.get().getFileName()).bytes()).stream()
          .flatMap(json -> json.path("workspaces").valueStream())
          .filter(JsonNode::isString)
          .map(JsonNode::stringValue)
          .filter(path -> path.startsWith("/"))
          .forEach(workspaces::add);
    } catch (ToolError tooLarge) {
      return new LinkedHashSet<>();
    }
    return workspaces;
  }

  private void write(SequencedSet<String> workspaces) throws IOException {
    if (file.isEmpty()) {
      return;
    }
    ObjectNode json = Json.object();
    ArrayNode list = json.putArray("workspaces");
    workspaces.forEach(list::add);
    Files.createDirectories(parent(file.get()));
    Path name = file.get().getFileName();
    try (Directory folder = Directory.open(folder(file.get()))) {
      Optional<Facts> old = folder.facts(name).filter(Facts::isFile);
      if (old.isPresent()) {
        files.replace(folder, name, Json.writeBytes(json), old.get());
      } else {
        files.create(folder, name, Json.writeBytes(json));
      }
    }
  }

  private static Path folder(Path file) throws IOException {
    return parent(file).toRealPath();
  }

  private static Path parent(Path file) {
    return Objects.requireNonNull(file.toAbsolutePath().getParent());
  }
}
