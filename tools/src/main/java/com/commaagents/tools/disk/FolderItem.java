package com.commaagents.tools.disk;

import java.nio.file.Path;

/// A name in a folder, and what it stands for.
public final class FolderItem {
  /// The size of a file that was not told with its name.
  public static final long UNKNOWN = -1;

  private final Path name;
  private final Facts.Kind kind;
  private final long size;
  private final byte[] bytes;

  /// @param bytes the name as the system has it, ended by a zero; may be empty where nobody needs
  ///   it
  FolderItem(Path name, Facts.Kind kind, long size, byte[] bytes) {
    this.name = name;
    this.kind = kind;
    this.size = size;
    this.bytes = bytes;
  }

  public Path name() {
    return name;
  }

  public Facts.Kind kind() {
    return kind;
  }

  public boolean isFile() {
    return kind == Facts.Kind.FILE;
  }

  public boolean isDirectory() {
    return kind == Facts.Kind.DIRECTORY;
  }

  /// The size of a file, or [#UNKNOWN].
  public long size() {
    return size;
  }

  byte[] bytes() {
    return bytes;
  }
}
