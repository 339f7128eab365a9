package com.commaagents.tools.search;

import com.commaagents.tools.disk.Folder;
import com.commaagents.tools.failure.ErrorKind;
import com.commaagents.tools.failure.ToolError;
import com.commaagents.tools.guard.Resolved;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// The folder where something is looked for.
final class SearchRoot {
  private SearchRoot() {}

  /// @throws ToolError NOT_FOUND when it is missing, or no folder
  static Folder open(Resolved folder) throws ToolError, IOException {
    try {
      return Folder.open(folder.path());
    } catch (NoSuchFileException missing) {
      throw new ToolError(
          ErrorKind.NOT_FOUND,
          "There is no folder " + folder.shown(),
          "list the folder above it with list_directory, or look from the workspace, which is \".\".");
    } catch (NotDirectoryException other) {
      throw new ToolError(
          ErrorKind.NOT_FOUND,
          folder.shown() + " is no folder",
          "name the folder it is in; a file is read with read_file.");
    }
  }
}
