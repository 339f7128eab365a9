package com.commaagents.packages.archive;

import com.commaagents.strategy.wording.Shown;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// The names in one archive: each a relative path of plain names, and no two that any file system
/// takes for one.
///
/// Limits: paths of [Unpacking#MAX_DEPTH] names, a name of [#MAX_NAME_BYTES], a path of
/// [#MAX_PATH_BYTES].
final class EntryNames {
  /// What file systems take.
  static final int MAX_NAME_BYTES = 255;

  static final int MAX_PATH_BYTES = 1_024;

  private enum Kind {
    FILE,
    FOLDER,
    /// Only known from what lies in it.
    IMPLIED_FOLDER
  }

  private record Known(String spelling, Kind kind) {}

  private final Map<String, Known> known = new HashMap<>();

  /// @param name a folder's ends in `/`
  void add(String name) throws UnsafeArchive {
    boolean folder = name.endsWith("/");
    String path = folder ? name.substring(0, name.length() - 1) : name;
    String[] parts = path.split("/", -1);
    requirePlain(name, path, parts);
    int length = 0;
    for (int i = 0; i < parts.length; i++) {
      length += parts[i].length() + (i == 0 ? 0 : 1);
      boolean last = i == parts.length - 1;
      Kind kind = !last ? Kind.IMPLIED_FOLDER : folder ? Kind.FOLDER : Kind.FILE;
      note(name, path.substring(0, length), kind);
    }
  }

  private static void requirePlain(String name, String path, String[] parts) throws UnsafeArchive {
    if (parts.length > Unpacking.MAX_DEPTH) {
      throw new UnsafeArchive(shown(name) + " lies deeper than " + Unpacking.MAX_DEPTH + " names");
    }
    boolean outside = path.contains("\\") || path.contains(":");
    int bytes = 0;
    for (String part : parts) {
      outside |= part.isEmpty() || part.equals(".") || part.equals("..");
      int length = part.getBytes(StandardCharsets.UTF_8).length;
      bytes += length + 1;
      if (length > MAX_NAME_BYTES || bytes > MAX_PATH_BYTES) {
        throw new UnsafeArchive(shown(name) + " is too long a name");
      }
    }
    if (outside) {
      throw new UnsafeArchive(shown(name) + " is no plain path within the package");
    }
    if (path.codePoints().anyMatch(EntryNames::isUnwritable)) {
      throw new UnsafeArchive(shown(name) + " has characters that no name should have");
    }
  }

  private static boolean isUnwritable(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  private void note(String name, String path, Kind kind) throws UnsafeArchive {
    String key = Normalizer.normalize(path, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    Known before = known.putIfAbsent(key, new Known(path, kind));
    if (before == null) {
      return;
    }
    boolean bothFolders = before.kind() != Kind.FILE && kind != Kind.FILE;
    boolean twice = kind != Kind.IMPLIED_FOLDER && before.kind() == kind;
    if (!bothFolders || twice || !before.spelling().equals(path)) {
      throw new UnsafeArchive(
          shown(name)
              + " is in it twice, or differs from "
              + shown(before.spelling())
              + " only in ways that not every file system keeps");
    }
    if (kind == Kind.FOLDER) {
      known.put(key, new Known(path, kind));
    }
  }

  /// For messages: on one line, and nothing that a terminal would obey.
  static String shown(String name) {
    return Shown.quoted(name);
  }
}
