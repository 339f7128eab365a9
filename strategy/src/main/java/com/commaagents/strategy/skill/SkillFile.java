package com.commaagents.strategy.skill;

import com.commaagents.base.json.Json;
import com.commaagents.strategy.source.ReadResult;
import com.commaagents.strategy.source.SourceFormat;
import com.commaagents.strategy.source.SourceReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// A `SKILL.md`: YAML between two lines of `---`, with `name` and `description`, then the text.
/// Further fields are let pass: others have them for their own ends.
sealed interface SkillFile {
  /// Of a file; a larger one is none.
  int MAX_BYTES = 256 << 10;

  int MAX_NAME = 64;

  /// Of a description, in characters.
  int MAX_DESCRIPTION = 1_024;

  Pattern FRONT_MATTER =
      Pattern.compile(
          "\\A\uFEFF?---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\\z)(.*)\\z",
          Pattern.DOTALL | Pattern.MULTILINE);
  Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0," + (MAX_NAME - 1) + "}");

  record Read(String name, String description, String text) implements SkillFile {}

  /// @param why a sentence without its full stop
  record Unusable(String why) implements SkillFile {}

  /// @throws IOException when the file cannot be read
  static SkillFile read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return new Unusable("it is not a regular file");
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    }
    if (bytes.length > MAX_BYTES) {
      return new Unusable(
          "it is larger than " + MAX_BYTES + " bytes; move details into files beside");
    }
    try {
      return parse(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException notUtf8) {
      return new Unusable("it is not UTF-8 text");
    }
  }

  private static SkillFile parse(String content) {
    Matcher parts = FRONT_MATTER.matcher(content);
    if (!parts.find()) {
      return new Unusable(
          "it does not begin with front matter: name and description between two lines ---");
    }
    return switch (SourceReader.read(
        parts.group(1).getBytes(StandardCharsets.UTF_8), SourceFormat.YAML)) {
      case ReadResult.Malformed(var at, var message) ->
          new Unusable("line " + (at.line() + 1) + ": " + message);
      case ReadResult.Parsed(var root) -> skill(root.toJson(), parts.group(2).strip());
    };
  }

  private static SkillFile skill(JsonNode front, String text) {
    Optional<String> name = Json.text(front, "name").map(String::strip);
    Optional<String> description = Json.text(front, "description").map(String::strip);
    if (name.isEmpty() || !NAME.matcher(name.get()).matches()) {
      return new Unusable(
          "its front matter needs a name of letters, digits, . _ and -, at most " + MAX_NAME);
    }
    if (description.isEmpty()
        || description.get().isEmpty()
        || description.get().length() > MAX_DESCRIPTION) {
      return new Unusable(
          "its front matter needs a description of at most " + MAX_DESCRIPTION + " characters");
    }
    if (text.isEmpty()) {
      return new Unusable("there is nothing behind its front matter");
    }
    return new Read(name.get(), description.get().replaceAll("\\s+", " "), text);
  }
}
