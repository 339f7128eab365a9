package com.commaagents.cli.config;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.json.Json;
import com.commaagents.cli.words.Suggestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;

/// Reads `daemon.json`, a flat JSON object, and tells line and column of what is wrong in it.
///
/// A file that does not exist sets nothing. Relative paths start at the file's folder.
final class SettingsFile {
  static final int MAX_BYTES = 1 << 20;

  private final Path file;
  private final Place place;
  private final SettingsDraft draft;
  private final List<String> problems;

  private SettingsFile(Path file, Place place, SettingsDraft draft, List<String> problems) {
    this.file = file;
    this.place = place;
    this.draft = draft;
    this.problems = problems;
  }

  static void read(Path file, Place place, SettingsDraft draft, List<String> problems) {
    if (!Files.exists(file)) {
      return;
    }
    try {
      if (Files.size(file) > MAX_BYTES) {
        problems.add(file + ": larger than " + MAX_BYTES + " bytes.");
        return;
      }
      new SettingsFile(file, place, draft, problems).parse(Files.readAllBytes(file));
    } catch (IOException unreadable) {
      problems.add(file + " cannot be read: " + unreadable.getMessage());
    }
  }

  private void parse(byte[] content) {
    try (JsonParser parser = Json.mapper().createParser(content)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        problems.add(file + ": expected a JSON object.");
        return;
      }
      Set<String> seen = new HashSet<>();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String key = parser.currentName();
        String where = at(parser.currentTokenLocation()) + key;
        parser.nextToken();
        JsonNode value = parser.readValueAsTree();
        if (seen.add(key)) {
          set(key, where, value);
        } else {
          problems.add(where + ": given twice.");
        }
      }
      if (parser.nextToken() != null) {
        problems.add(at(parser.currentTokenLocation()) + "more after the end of the object.");
      }
    } catch (JacksonException notJson) {
      problems.add(at(notJson.getLocation()) + "not JSON: " + notJson.getOriginalMessage() + ".");
    }
  }

  private void set(String key, String where, JsonNode value) {
    SettingsTable.row(key)
        .ifPresentOrElse(
            row -> set(row, new SettingValue(where, value, false, folder(), place)),
            () -> problems.add(where + ": unknown setting" + hint(key)));
  }

  private void set(SettingsTable.Row row, SettingValue value) {
    try {
      row.setter().set(draft, value);
    } catch (Fault wrong) {
      problems.add(wrong.message());
    }
  }

  private static String hint(String key) {
    return key.equals("auth.token")
        ? "; write it as {\"auth\": {\"token\": \"…\"}}."
        : Suggestion.forWord(key, SettingsTable.keys());
  }

  private Path folder() {
    Path parent = file.getParent();
    return parent == null ? place.workingDirectory() : parent;
  }

  private String at(TokenStreamLocation location) {
    return file + ":" + location.getLineNr() + ":" + location.getColumnNr() + ": ";
  }
}
