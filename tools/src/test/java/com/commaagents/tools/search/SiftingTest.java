package com.commaagents.tools.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.tools.disk.Folder;
import com.commaagents.tools.search.TreeWalk.Entry;
import com.commaagents.tools.search.TreeWalk.Visitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a walk reads of many files when there is a sieve.
@Timeout(60)
class SiftingTest {
  private static final int FOLDERS = 2_000;
  private static final String LONG = "n".repeat(200);

  @TempDir Path folder;
  private Path root;
  private final Set<String> read = new ConcurrentSkipListSet<>();
  private final Set<String> seen = new HashSet<>();
  private final List<List<Path>> asked = new ArrayList<>();

  @BeforeEach
  void plant() throws IOException {
    root = folder.toRealPath();
    for (int i = 0; i < FOLDERS; i++) {
      Path in = Files.createDirectory(root.resolve(LONG + i));
      Files.writeString(in.resolve(i % 100 == 7 ? "named" : "file"), "");
    }
  }

  private void walk(Sieve sieve) throws Exception {
    Visitor<Boolean> visitor =
        new Visitor<>() {
          @Override
          public Boolean judge(Entry entry) {
            return entry.item().isFile();
          }

          @Override
          public boolean enters(Entry folder) {
            return true;
          }

          @Override
          public boolean needsReading(Boolean wanted) {
            return wanted;
          }

          @Override
          public Boolean read(Entry file, Boolean wanted) throws IOException {
            assertThat(file.folder().read(file.item(), 0)).isPresent();
            read.add(file.relative().toString());
            return true;
          }

          @Override
          public boolean wantsSieve() {
            return true;
          }

          @Override
          public boolean visit(Entry entry, Boolean judged) {
            if (entry.item().isFile()) {
              seen.add(entry.relative().toString());
            }
            return true;
          }
        };
    try (Folder opened = Folder.open(root)) {
      assertThat(new TreeWalk<>(visitor, TreeWalk.MAX_DEPTH, Optional.of(sieve)).walk(opened))
          .isTrue();
    }
    assertThat(seen).hasSize(FOLDERS);
  }

  /// Names the files that are called so; knows all paths but those that end with a word.
  private final class ByName implements Sieve {
    private final String unknown;

    ByName(String unknown) {
      this.unknown = unknown;
    }

    @Override
    public boolean knows(Path relative) {
      return !relative.toString().endsWith(unknown);
    }

    @Override
    public Optional<Set<String>> mayHold(List<Path> folders, int most) {
      asked.add(folders);
      Set<String> named = new HashSet<>();
      folders.forEach(folder -> named.add(folder + "/named"));
      return Optional.of(named);
    }
  }

  @Test
  void readsWhatTheSieveLetsThroughAndAsksForSoManyFoldersAtOnce() throws Exception {
    walk(new ByName("!"));

    assertThat(read.stream().filter(path -> !path.endsWith("/named"))).isEmpty();
    assertThat(read).hasSize(FOLDERS / 100);
    assertThat(asked.stream().mapToInt(List::size).sum()).isEqualTo(FOLDERS);
    // The next folder would have been one too many.
    assertThat(characters(asked.getFirst()))
        .isBetween(Sifting.MAX_CHARACTERS - LONG.length() - 5, Sifting.MAX_CHARACTERS);
    assertThat(asked).hasSize(2);
  }

  private static int characters(List<Path> folders) {
    return folders.stream().mapToInt(path -> path.toString().length() + 1).sum();
  }

  @Test
  void readsWhatTheSieveDoesNotKnow() throws Exception {
    walk(new ByName("file"));
    assertThat(read).hasSize(FOLDERS);
  }

  @Test
  void readsEverythingWhenTheSieveCannotTellAndDoesNotAskAgain() throws Exception {
    walk(
        new Sieve() {
          @Override
          public boolean knows(Path relative) {
            return true;
          }

          @Override
          public Optional<Set<String>> mayHold(List<Path> folders, int most) {
            asked.add(folders);
            return Optional.empty();
          }
        });

    assertThat(read).hasSize(FOLDERS);
    assertThat(asked).hasSize(1);
  }
}
