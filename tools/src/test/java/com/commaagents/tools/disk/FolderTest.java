package com.commaagents.tools.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.tools.disk.Facts.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What holds for folders, as Linux and as Java has them.
@Timeout(60)
class FolderTest {
  private static final int MAX = 100_000;

  @TempDir Path temporary;
  private Path root;

  /// Who opens them.
  enum Kinds {
    LINUX {
      @Override
      Folder open(Path path) throws IOException {
        return LinuxFiles.find().isPresent()
            ? LinuxFolder.open(path, LinuxFiles.find().get())
            : Folder.open(path);
      }
    },
    PORTABLE {
      @Override
      Folder open(Path path) throws IOException {
        return new PortableFolder(Directory.open(Optional.empty(), path));
      }
    };

    abstract Folder open(Path path) throws IOException;
  }

  @BeforeEach
  void plant() throws Exception {
    root = Files.createDirectory(temporary.toRealPath().resolve("root"));
    Files.createDirectories(root.resolve("folder/inside"));
    Files.writeString(root.resolve("folder/file"), "in the folder");
    Files.writeString(root.resolve("file"), "text");
    Files.writeString(root.resolve("-x\ny"), "");
    Files.writeString(root.resolve("é"), "accent");
    Files.writeString(bytesName(), "bytes");
    Files.createSymbolicLink(root.resolve("link"), Path.of("file"));
    Files.createSymbolicLink(root.resolve("links"), Path.of("folder"));
    assertThat(new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start().waitFor())
        .isZero();
  }

  private Path bytesName() {
    return Path.of(URI.create(root.toUri() + "%FFx"));
  }

  @ParameterizedTest
  @EnumSource
  void listsNamesInOrderWithWhatTheyStandFor(Kinds kinds) throws Exception {
    try (Folder folder = kinds.open(root)) {
      List<FolderItem> items = folder.items(MAX);
      assertThat(items.stream().map(item -> root.resolve(item.name())).toList())
          .containsExactly(
              root.resolve("-x\ny"),
              root.resolve("file"),
              root.resolve("folder"),
              root.resolve("link"),
              root.resolve("links"),
              root.resolve("pipe"),
              root.resolve("é"),
              bytesName());
      assertThat(items.stream().map(FolderItem::kind).toList())
          .containsExactly(
              Kind.FILE,
              Kind.FILE,
              Kind.DIRECTORY,
              Kind.LINK,
              Kind.LINK,
              Kind.OTHER,
              Kind.FILE,
              Kind.FILE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void listsThousandsAndNoMoreThanItIsTold(Kinds kinds) throws Exception {
    Path many = Files.createDirectory(root.resolve("many"));
    for (int i = 0; i < 3_000; i++) {
      Files.createFile(many.resolve("a file with a long name, number %04d".formatted(i)));
    }
    try (Folder folder = kinds.open(many)) {
      List<FolderItem> items = folder.items(MAX);
      assertThat(items).hasSize(3_000).allMatch(FolderItem::isFile);
      assertThat(items.getLast().name().toString()).endsWith("2999");
    }
    try (Folder folder = kinds.open(many)) {
      assertThat(folder.items(7)).hasSize(7);
    }
  }

  @ParameterizedTest
  @EnumSource
  void readsFilesUpToALimit(Kinds kinds) throws Exception {
    byte[] large = new byte[MAX];
    Files.write(root.resolve("large"), large);
    Files.write(root.resolve("larger"), new byte[MAX + 1]);
    try (Folder folder = kinds.open(root)) {
      List<FolderItem> items = folder.items(MAX);
      assertThat(read(folder, items, "file")).contains("text");
      assertThat(read(folder, items, "é")).contains("accent");
      assertThat(read(folder, items, "-x\ny")).contains("");
      assertThat(read(folder, items, "large").orElseThrow()).hasSize(MAX);
      assertThat(read(folder, items, "larger")).isEmpty();
      assertThat(read(folder, items.getLast())).contains("bytes");
    }
  }

  private static Optional<String> read(Folder folder, List<FolderItem> items, String name)
      throws IOException {
    return read(folder, item(items, name));
  }

  private static Optional<String> read(Folder folder, FolderItem file) throws IOException {
    try (FileReader reader = folder.reader()) {
      return reader.read(file, MAX).map(FolderTest::text);
    }
  }

  private static String text(FileBytes content) {
    return new String(content.array(), 0, content.length(), StandardCharsets.UTF_8);
  }

  private static FolderItem item(List<FolderItem> items, String name) {
    return items.stream()
        .filter(item -> item.name().equals(Path.of(name)))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  void readsOneFileAfterTheOther(Kinds kinds) throws Exception {
    Files.writeString(root.resolve("large"), "l".repeat(MAX));
    try (Folder folder = kinds.open(root);
        FileReader reader = folder.reader()) {
      List<FolderItem> items = folder.items(MAX);
      for (String name : List.of("file", "large", "é", "-x\ny", "large", "file")) {
        String expected = Files.readString(root.resolve(name));
        assertThat(reader.read(item(items, name), MAX).map(FolderTest::text)).contains(expected);
      }
      assertThat(reader.read(item(items, "large"), MAX - 1)).isEmpty();
      assertThat(reader.read(item(items, "file"), MAX).map(FolderTest::text)).contains("text");
    }
  }

  @ParameterizedTest
  @EnumSource
  void readsToItsEndWhatSaysThatItIsEmpty(Kinds kinds) throws Exception {
    Path process =
        Path.of("/proc").toRealPath().resolve(Long.toString(ProcessHandle.current().pid()));
    try (Folder folder = kinds.open(process)) {
      List<FolderItem> items = folder.items(MAX);
      assertThat(read(folder, items, "environ").orElseThrow()).contains("PATH=");
      try (FileReader reader = folder.reader()) {
        assertThat(reader.read(item(items, "maps"), 5_000)).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void followsNoLinkAndReadsNothingButFiles(Kinds kinds) throws Exception {
    assertThatThrownBy(() -> kinds.open(root.resolve("links")))
        .isInstanceOf(NotDirectoryException.class);
    assertThatThrownBy(() -> kinds.open(root.resolve("links/inside")))
        .isInstanceOf(NotDirectoryException.class);
    assertThatThrownBy(() -> kinds.open(root.resolve("file")))
        .isInstanceOf(NotDirectoryException.class);
    assertThatThrownBy(() -> kinds.open(root.resolve("no/inside")))
        .isInstanceOf(NoSuchFileException.class);
    try (Folder folder = kinds.open(root)) {
      List<FolderItem> items = folder.items(MAX);
      assertThatThrownBy(() -> folder.child(item(items, "links")))
          .isInstanceOf(NotDirectoryException.class);
      assertThatThrownBy(() -> read(folder, item(items, "link"))).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> read(folder, item(items, "pipe")))
          .isInstanceOf(NotRegularFileException.class);
      assertThatThrownBy(() -> read(folder, item(items, "folder")))
          .isInstanceOf(NotRegularFileException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void staysInTheFolderThatWasOpenedWhateverHappensToItsPath(Kinds kinds) throws Exception {
    try (Folder folder = kinds.open(root.resolve("folder"))) {
      List<FolderItem> items = folder.items(MAX);
      Files.move(root.resolve("folder"), root.resolve("moved"));
      Files.createSymbolicLink(root.resolve("folder"), Path.of(".."));

      assertThat(read(folder, items, "file")).contains("in the folder");
      try (Folder inside = folder.child(item(items, "inside"))) {
        assertThat(inside.items(MAX)).isEmpty();
      }
      Files.delete(root.resolve("moved/file"));
      assertThatThrownBy(() -> read(folder, item(items, "file")))
          .isInstanceOf(NoSuchFileException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void opensByAnyBytes(Kinds kinds) throws Exception {
    for (String name : List.of("%FF%FE", "%C3%A9%25%20x", "a%0Ab", "ordinary")) {
      Path inside = Path.of(URI.create(root.toUri() + name + "/in"));
      Files.createDirectories(inside);
      Files.writeString(inside.resolve("file"), name);
      try (Folder folder = kinds.open(inside)) {
        assertThat(folder.path()).isEqualTo(inside);
        assertThat(read(folder, folder.items(MAX), "file")).contains(name);
      }
    }
    try (Folder folder = kinds.open(Path.of("/"))) {
      assertThat(folder.items(MAX)).isNotEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void isNotUsedWhenItIsClosed(Kinds kinds) throws Exception {
    Folder folder = kinds.open(root);
    List<FolderItem> items = folder.items(MAX);
    folder.close();
    folder.close();

    assertThatThrownBy(() -> read(folder, item(items, "file")))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> folder.child(item(items, "folder")))
        .isInstanceOf(IllegalStateException.class);
  }
}
