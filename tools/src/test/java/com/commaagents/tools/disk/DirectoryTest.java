package com.commaagents.tools.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What holds for folders that are held open, as Linux and as Java hold them; and for Linux, what
/// happens when a name is exchanged at exactly the worst moment.
@Timeout(60)
class DirectoryTest {
  private static final Path FILE = Path.of("file");

  @TempDir Path temporary;
  private Path root;
  private Path outside;
  private Path pipe;

  /// Who holds them.
  enum Kind {
    LINUX,
    PORTABLE;

    private Optional<LinuxFiles> linux() {
      return this == LINUX ? LinuxFiles.find() : Optional.empty();
    }

    Directory open(Path path) throws IOException {
      return Directory.open(linux(), path);
    }

    Directory make(Path path) throws IOException {
      return Directory.make(linux(), path);
    }
  }

  @BeforeEach
  void plant() throws Exception {
    Path real = temporary.toRealPath();
    root = Files.createDirectory(real.resolve("root"));
    outside = Files.createDirectory(real.resolve("outside"));
    Files.writeString(outside.resolve("file"), "secret");
    Files.writeString(root.resolve("file"), "mine");
    Files.createDirectories(root.resolve("folder/inside"));
    Files.createSymbolicLink(root.resolve("link"), FILE);
    Files.createSymbolicLink(root.resolve("links"), outside);
    pipe = root.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
  }

  private static String text(OpenFile file) throws IOException {
    try (InputStream stream = Channels.newInputStream(file.channel())) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static LinuxDescriptor hold(Path path) throws IOException {
    return LinuxDescriptor.walk(LinuxFiles.find().orElseThrow(), path, false);
  }

  @ParameterizedTest
  @EnumSource
  void readsRegularFilesAndNothingElse(Kind kind) throws Exception {
    try (Directory directory = kind.open(root)) {
      try (OpenFile file = directory.read(FILE)) {
        assertThat(file.facts().identity())
            .isEqualTo(directory.facts(FILE).orElseThrow().identity());
        assertThat(file.facts().size()).isEqualTo(4);
        assertThat(text(file)).isEqualTo("mine");
      }
      for (String other : List.of("link", "links", "folder", "pipe")) {
        assertThatThrownBy(() -> directory.read(Path.of(other)))
            .as(other)
            .isInstanceOf(NotRegularFileException.class);
      }
      assertThatThrownBy(() -> directory.read(Path.of("no")))
          .isInstanceOf(NoSuchFileException.class);
      assertThatThrownBy(() -> directory.read(Path.of("n".repeat(256))))
          .isInstanceOfSatisfying(
              FileSystemException.class,
              tooLong -> assertThat(tooLong.getReason()).isEqualTo("File name too long"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void opensFoldersAndNothingElse(Kind kind) throws Exception {
    try (Directory directory = kind.open(root);
        Directory folder = directory.child(Path.of("folder"))) {
      assertThat(folder.path()).isEqualTo(root.resolve("folder"));
      assertThat(folder.names(10)).containsExactly(Path.of("inside"));
      for (String other : List.of("link", "links", "file", "pipe")) {
        assertThatThrownBy(() -> directory.child(Path.of(other)))
            .as(other)
            .isInstanceOf(NotDirectoryException.class);
        assertThatThrownBy(() -> directory.makeChild(Path.of(other)))
            .as(other)
            .isInstanceOf(NotDirectoryException.class);
        assertThatThrownBy(() -> kind.open(root.resolve(other).resolve("x")))
            .as(other)
            .isInstanceOf(NotDirectoryException.class);
      }
      assertThatThrownBy(() -> directory.child(Path.of("no")))
          .isInstanceOf(NoSuchFileException.class);
    }
    try (Directory slash = kind.open(Path.of("/"))) {
      assertThat(slash.names(10_000)).contains(Path.of("proc"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void makesWhatIsMissingAndFollowsNoLinkForIt(Kind kind) throws Exception {
    try (Directory made = kind.make(root.resolve("folder/a/b/c"))) {
      assertThat(made.path()).isEqualTo(root.resolve("folder/a/b/c")).isDirectory();
    }
    try (Directory again = kind.make(root.resolve("folder/a"))) {
      assertThat(again.names(10)).containsExactly(Path.of("b"));
    }
    assertThatThrownBy(() -> kind.make(root.resolve("links/new")))
        .isInstanceOf(NotDirectoryException.class);
    assertThatThrownBy(() -> kind.make(root.resolve("file/new")))
        .isInstanceOf(NotDirectoryException.class);
    assertThat(outside.resolve("new")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource
  void makesFilesThatWereNotThere(Kind kind) throws Exception {
    try (Directory directory = kind.open(root)) {
      for (String there : List.of("file", "link", "links", "folder", "pipe")) {
        assertThatThrownBy(() -> directory.createPrivate(Path.of(there)))
            .as(there)
            .isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> directory.create(Path.of(there)))
            .as(there)
            .isInstanceOf(FileAlreadyExistsException.class);
      }
      Path made = Path.of("made");
      Files.setPosixFilePermissions(
          root.resolve("file"), PosixFilePermissions.fromString("rwxr-x--x"));
      try (NewFile file = directory.createPrivate(made)) {
        assertThat(permissions("made")).isEqualTo("rw-------");
        file.channel().write(StandardCharsets.UTF_8.encode("text"));
        file.dress(directory.facts(FILE).orElseThrow());
      }
      assertThat(permissions("made")).isEqualTo("rwxr-x--x");
      assertThat(root.resolve("made")).hasContent("text");
    }
  }

  private String permissions(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(name)));
  }

  /// What may have a name instead of what had it.
  enum Exchange {
    PIPE,
    LINK,
    FOLDER,
    NOTHING
  }

  private void exchange(Path name, Exchange by) throws IOException {
    Files.move(name, root.resolve("moved"));
    switch (by) {
      case PIPE -> Files.createLink(name, pipe);
      case LINK -> Files.createSymbolicLink(name, outside.resolve("file"));
      case FOLDER -> Files.createDirectory(name);
      case NOTHING -> assertThat(name).doesNotExist();
    }
  }

  @ParameterizedTest
  @EnumSource
  void opensTheFileItHeldWhateverHasItsNameByThen(Exchange by) throws Exception {
    try (LinuxDescriptor folder = hold(root);
        LinuxDescriptor held = folder.held(FILE)) {
      exchange(root.resolve("file"), by);

      try (OpenFile file = LinuxHold.opened(held)) {
        assertThat(text(file)).isEqualTo("mine");
      }
    }
  }

  @Test
  void refusesThePipeItHeldThoughItsNameIsThatOfAFileByThen() throws Exception {
    try (LinuxDescriptor folder = hold(root);
        LinuxDescriptor held = folder.held(Path.of("pipe"))) {
      Files.delete(pipe);
      Files.writeString(pipe, "a file");

      assertThatThrownBy(() -> LinuxHold.opened(held)).isInstanceOf(NotRegularFileException.class);
    }
  }

  @Test
  void makesFoldersInTheFolderItHeldWhateverHasItsNameByThen() throws Exception {
    try (Directory folder = Kind.LINUX.open(root.resolve("folder"))) {
      Files.move(root.resolve("folder"), root.resolve("moved"));
      Files.createSymbolicLink(root.resolve("folder"), outside);

      folder.makeChild(Path.of("new")).close();
    }
    assertThat(root.resolve("moved/new")).isDirectory();
    assertThat(outside.resolve("new")).doesNotExist();
  }

  /// What [PortableHold] says of itself: the folder is elsewhere, empty, and nothing comes into it.
  @Test
  void elsewhereFailsWhenAFolderWasMadeElsewhere() throws Exception {
    try (Directory folder = Kind.PORTABLE.open(root.resolve("folder"))) {
      Files.move(root.resolve("folder"), root.resolve("moved"));
      Files.createSymbolicLink(root.resolve("folder"), outside);

      assertThatThrownBy(() -> folder.makeChild(Path.of("new")))
          .isInstanceOf(NoSuchFileException.class);
    }
    assertThat(outside.resolve("new")).isEmptyDirectory();
  }

  @Test
  void dressesTheFileItMadeWhateverHasItsNameByThen() throws Exception {
    Path secret = outside.resolve("file");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    Files.setPosixFilePermissions(
        root.resolve("file"), PosixFilePermissions.fromString("rwxrwxrwx"));
    try (Directory directory = Kind.LINUX.open(root);
        NewFile made = directory.createPrivate(Path.of("made"))) {
      Files.move(root.resolve("made"), root.resolve("moved"));
      Files.createLink(root.resolve("made"), secret);

      made.dress(directory.facts(FILE).orElseThrow());
    }
    assertThat(permissions("moved")).isEqualTo("rwxrwxrwx");
    assertThat(permissions("made")).isEqualTo("rw-------");
  }

  @Test
  void isNotUsedWhenItIsClosed() throws Exception {
    LinuxDescriptor folder = hold(root);
    folder.close();
    folder.close();

    assertThatThrownBy(() -> folder.held(FILE)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(folder::alias).isInstanceOf(IllegalStateException.class);
  }
}
