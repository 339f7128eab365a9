package com.commaagents.tools.disk;

import java.nio.file.FileSystemException;

/// A name that was to be read as a file is something else.
public final class NotRegularFileException extends FileSystemException {
  private final Facts.Kind kind;

  public NotRegularFileException(String file, Facts.Kind kind) {
    super(file);
    this.kind = kind;
  }

  public Facts.Kind kind() {
    return kind;
  }
}
