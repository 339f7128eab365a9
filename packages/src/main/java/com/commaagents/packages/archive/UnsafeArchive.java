package com.commaagents.packages.archive;

/// An archive that is not unpacked.
public final class UnsafeArchive extends Exception {
  private static final long serialVersionUID = 1L;

  /// @param message what is wrong with it, for people; names from the archive are cleaned
  UnsafeArchive(String message) {
    super(message);
  }
}
