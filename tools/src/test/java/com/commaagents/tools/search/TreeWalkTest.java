package com.commaagents.tools.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.tools.disk.FileReader;
import com.commaagents.tools.disk.Folder;
import com.commaagents.tools.search.TreeWalk.Entry;
import com.commaagents.tools.search.TreeWalk.Visitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The order of a walk that looks ahead, beside that of one that does not.
class TreeWalkTest {
  private static final List<String> NAMES =
      List.of("a", "b", "B", "a b", "a\nb", "-x", "é", "a.txt", ".h", "zz");

  @TempDir Path folder;

  @Test
  void visitsEverythingInTheOrderOfTheNamesAndStopsWhereItIsTold() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int game = 0; game < 20; game++) {
      Path root = Files.createDirectory(folder.resolve("game-" + game));
      plant(root, random, 4);
      List<String> expected = inOrder(root, root);
      assertThat(visited(root, Integer.MAX_VALUE)).as("seed %d", seed).isEqualTo(expected);
      int some = random.nextInt(expected.size() + 1);
      assertThat(visited(root, some))
          .as("seed %d, stopped at %d", seed, some)
          .isEqualTo(expected.subList(0, Math.min(expected.size(), Math.max(1, some))));
    }
  }

  private static void plant(Path in, Random random, int depth) throws IOException {
    for (String name : NAMES) {
      switch (random.nextInt(4)) {
        case 0 -> Files.writeString(in.resolve(name), name);
        case 1 -> Files.createSymbolicLink(in.resolve(name), Path.of(".."));
        case 2 -> {
          Path inside = Files.createDirectory(in.resolve(name));
          if (depth > 0) {
            plant(inside, random, depth - 1);
          }
        }
        default -> {}
      }
    }
    if (depth == 4) {
      Files.writeString(in.resolve("always"), "");
    }
  }

  private static List<String> inOrder(Path root, Path in) throws IOException {
    List<String> all = new ArrayList<>();
    try (Stream<Path> names = Files.list(in)) {
      for (Path path : names.sorted(Comparator.comparing(Path::getFileName)).toList()) {
        all.add(root.relativize(path).toString());
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          all.addAll(inOrder(root, path));
        }
      }
    }
    return all;
  }

  private static List<String> visited(Path root, int most) throws Exception {
    List<String> seen = new ArrayList<>();
    Visitor<Boolean> visitor =
        new Visitor<>() {
          @Override
          public Boolean judge(Entry entry) {
            return true;
          }

          @Override
          public boolean enters(Entry folder) {
            return true;
          }

          @Override
          public boolean needsReading(Boolean judged) {
            return judged;
          }

          @Override
          public Boolean read(Entry file, Boolean judged, FileReader reader) {
            return false;
          }

          @Override
          public boolean visit(Entry entry, Boolean judged) {
            seen.add(entry.relative().toString());
            return seen.size() < most;
          }
        };
    try (Folder opened = Folder.open(root.toRealPath())) {
      boolean complete = new TreeWalk<>(visitor, TreeWalk.MAX_DEPTH).walk(opened);
      assertThat(complete || seen.size() >= most).isTrue();
    }
    return seen;
  }
}
