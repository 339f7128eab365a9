package com.commaagents.strategy.discovery;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;

/// The strategies that come with the program: `plan`, `build`, `review` and `chat`, each with a
/// script that plays it without a model.
///
/// A run needs a file, so they are laid into the data folder. What lies there is ours: a file that
/// was changed is written anew.
public final class BundledStrategies {
  private static final List<String> NAMES = List.of("build", "chat", "plan", "review");
  private static final List<String> ENDINGS = List.of(".yaml", ".script.yaml");

  private BundledStrategies() {}

  /// Where they lie in a data folder.
  public static Path in(Path dataFolder) {
    return dataFolder.resolve("bundled");
  }

  /// Lays them into a data folder, where they are not yet.
  ///
  /// @throws Fault `PERSISTENCE` when they cannot be written
  public static void layInto(Path dataFolder) {
    Path folder = in(dataFolder);
    try {
      Files.createDirectories(folder, ownerOnly(folder));
      for (String name : NAMES) {
        for (String ending : ENDINGS) {
          lay(folder, name + ending);
        }
      }
    } catch (IOException refused) {
      throw new Fault(
          FaultCode.PERSISTENCE,
          "The bundled strategies cannot be written to "
              + folder
              + ": "
              + refused.getMessage()
              + ".",
          refused);
    }
  }

  private static void lay(Path folder, String name) throws IOException {
    byte[] content = content(name);
    Path file = folder.resolve(name);
    if (Files.isRegularFile(file)
        && Files.size(file) == content.length
        && Arrays.equals(Files.readAllBytes(file), content)) {
      return;
    }
    // Two processes may do this at once: a reader sees a whole file.
    Path aside = Files.createTempFile(folder, "." + name, ".new");
    Files.write(aside, content);
    Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  // The data folder may be made by this; it holds what is nobody else's business.
  private static FileAttribute<?>[] ownerOnly(Path folder) {
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }

  private static byte[] content(String name) throws IOException {
    try (InputStream in =
        BundledStrategies.class.getResourceAsStream("/com/commaagents/strategy/bundled/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks " + name);
      }
      return in.readAllBytes();
    }
  }
}
