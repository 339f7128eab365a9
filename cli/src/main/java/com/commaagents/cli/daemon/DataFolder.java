package com.commaagents.cli.daemon;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// The folder with everything a daemon keeps: made for its owner alone, as it holds credentials.
final class DataFolder {
  private DataFolder() {}

  /// Makes the folder where there is none; one that exists keeps its permissions.
  ///
  /// @throws Fault `PERSISTENCE` when it cannot be made
  static void create(Path folder) {
    try {
      if (Files.isDirectory(folder)) {
        return;
      }
      Path parent = folder.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.createDirectory(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } else {
        Files.createDirectory(folder);
      }
    } catch (FileAlreadyExistsException madeMeanwhile) {
      if (!Files.isDirectory(folder)) {
        throw new Fault(
            FaultCode.PERSISTENCE,
            "The data folder " + folder + " is a file. Remove it, or set COMMA_HOME.",
            madeMeanwhile);
      }
    } catch (IOException refused) {
      throw new Fault(
          FaultCode.PERSISTENCE,
          "The data folder " + folder + " cannot be made: " + refused.getMessage(),
          refused);
    }
  }
}
