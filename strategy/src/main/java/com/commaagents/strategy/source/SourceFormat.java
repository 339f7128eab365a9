package com.commaagents.strategy.source;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// The notations of a text, told apart by the file's extension.
public enum SourceFormat {
  /// RFC 8259, strictly.
  JSON,
  /// JSON with `//` and `/* */` comments and a comma after the last entry.
  JSONC,
  /// YAML 1.2, core schema, one document.
  YAML;

  /// The format of a file by its name, or empty where the extension is none of ours.
  public static Optional<SourceFormat> of(Path file) {
    return switch (extension(file).toLowerCase(Locale.ROOT)) {
      case ".json" -> Optional.of(JSON);
      case ".jsonc" -> Optional.of(JSONC);
      case ".yaml", ".yml" -> Optional.of(YAML);
      default -> Optional.empty();
    };
  }

  /// From the last dot of the file's name, with the dot; empty where the name has none.
  public static String extension(Path file) {
    Path name = file.getFileName();
    if (name == null) {
      return "";
    }
    int dot = name.toString().lastIndexOf('.');
    return dot > 0 ? name.toString().substring(dot) : "";
  }
}
