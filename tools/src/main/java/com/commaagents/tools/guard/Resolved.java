package com.commaagents.tools.guard;

import java.nio.file.Path;

/// A path after every link on the way has been followed; it holds none any more.
///
/// @param path absolute; the parts that do not exist are as they were written
/// @param isLink whether the name that was given is itself a link
/// @param shown as the model wrote it, fit for a line of output
public record Resolved(Path path, boolean isLink, String shown) {
  /// The folder it stands in; the root stands in itself.
  public Path folder() {
    Path parent = path.getParent();
    return parent == null ? path : parent;
  }

  /// Its name in that folder.
  public Path name() {
    Path name = path.getFileName();
    return name == null ? Path.of(".") : name;
  }
}
