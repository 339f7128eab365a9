package com.commaagents.bench.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A folder as a large project has it: 2,000 folders, files of 1 to 8 KB, one in fifty binary, some
/// in folders that no search enters. The same at every call.
final class ManyFiles {
  static final String NEEDLE = "rareNeedle";

  private static final int LEAST_BYTES = 1 << 10;
  private static final int MORE_BYTES = 7 << 10;
  private static final List<String> WORDS =
      List.of(
          "return",
          "public",
          "static",
          "final",
          "class",
          "string",
          "value",
          "request",
          "response",
          "handler",
          "session",
          "buffer",
          "index",
          "result",
          "error",
          "config",
          "import",
          "await");
  private static final List<String> ENDINGS = List.of("java", "ts", "md", "json", "txt", "py", "c");

  private ManyFiles() {}

  static void make(Path root, int files) throws IOException {
    Random random = new Random(42);
    List<Path> folders = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      Path folder =
          root.resolve("module%d/src/part%d/deep%d".formatted(i / 100, i / 5 % 20, i % 5));
      folders.add(Files.createDirectories(folder));
    }
    for (int i = 0; i < files; i++) {
      Path folder = folders.get(i % folders.size());
      int size = LEAST_BYTES + random.nextInt(MORE_BYTES);
      if (i % 50 == 0) {
        byte[] binary = new byte[size];
        random.nextBytes(binary);
        binary[10] = 0;
        Files.write(folder.resolve("f" + i + ".bin"), binary);
      } else {
        String last = i % 5_000 == 1 ? "a " + NEEDLE + " in it\n" : "";
        Path file = folder.resolve("File" + i + "." + ENDINGS.get(i % ENDINGS.size()));
        Files.writeString(file, text(random, size) + last);
      }
    }
    for (int i = 0; i < 20; i++) {
      Path made = Files.createDirectories(root.resolve("module" + i + "/node_modules/x"));
      for (int k = 0; k < 100; k++) {
        Files.writeString(made.resolve("i" + k + ".js"), NEEDLE + "\n");
      }
    }
  }

  private static String text(Random random, int size) {
    StringBuilder text = new StringBuilder();
    while (text.length() < size) {
      int words = 4 + random.nextInt(10);
      for (int i = 0; i < words; i++) {
        text.append(WORDS.get(random.nextInt(WORDS.size()))).append(i % 5 == 4 ? '(' : ' ');
      }
      text.append(random.nextInt(1_000_000)).append('\n');
    }
    return text.toString();
  }
}
