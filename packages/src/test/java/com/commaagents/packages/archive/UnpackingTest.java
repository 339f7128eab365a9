package com.commaagents.packages.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.commaagents.packages.testing.ZipBytes;
import com.commaagents.packages.testing.ZipBytes.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UnpackingTest {
  private static final String TWICE = "only in ways that not every file system keeps";
  private static final String KIND = "is a link or another special file";

  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(temporary.resolve("out"));
  }

  @Test
  void unpacksFilesAndFoldersOfWhichNoneCanBeExecuted() throws Exception {
    unpack(
        new ZipBytes()
            .add("a/", "")
            .add(Entry.of("a/b.txt", "hello").withMode(ZipBytes.EXECUTABLE))
            .add(Entry.of("c/d/e.txt", "there").withMode(0).withMethod(0))
            .add("übung.txt", ""));
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.filter(path -> !path.equals(folder)).toList()) {
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        found.put(
            folder.relativize(path).toString(),
            mode + (Files.isDirectory(path) ? "" : " " + Files.readString(path)));
      }
    }
    assertThat(found)
        .isEqualTo(
            Map.of(
                "a", "rwx------",
                "a/b.txt", "rw------- hello",
                "c", "rwx------",
                "c/d", "rwx------",
                "c/d/e.txt", "rw------- there",
                "übung.txt", "rw------- "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../out.txt", "a/../../out.txt", "..", "a/..", "/etc/out.txt", "//out.txt", "a//b", ".",
        "./a", "a/./b", "", "/", "..\\out.txt", "a\\b", "C:/out.txt", "a:stream"
      })
  void refusesPathsThatMayLeadOut(String name) throws IOException {
    refuses(new ZipBytes().add(name, "x"), "is no plain path within the package");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a\0b", "a\nb", "a\rb", "a\u001b[2Jb", "a\u202Eb", "a\u2028b", "a\u0085b"})
  void refusesNamesThatATerminalObeys(String name) throws IOException {
    String message = refuses(new ZipBytes().add(name, "x"), "has characters that no name should");
    assertThat(message).matches("[ -~\uFFFD]+");
  }

  @ParameterizedTest
  @CsvSource({
    "a,a",
    "a,A",
    "a/b,A/c",
    "a,a/b",
    "a/b,a",
    "a/,a/",
    "a,a/",
    "a/,a",
    "ﬁle,file",
    "é,e\u0301"
  })
  void refusesNamesThatAFileSystemMayTakeForOne(String one, String other) throws IOException {
    refuses(new ZipBytes().add(one, "").add(other, ""), TWICE);
  }

  @Test
  void takesAFolderThatIsNamedAfterWhatLiesInIt() throws Exception {
    unpack(new ZipBytes().add("a/b", "x").add("a/", "").add("a/c/", "").add("a/c/d", "y"));
    assertThat(folder.resolve("a/c/d")).hasContent("y");
  }

  @ParameterizedTest
  @ValueSource(ints = {ZipBytes.LINK, 0010644, 0020644, 0060644, 0140644, ZipBytes.FOLDER, 0170644})
  void refusesWhatIsNoFile(int mode) throws IOException {
    refuses(new ZipBytes().add(Entry.of("a", "/etc/passwd").withMode(mode)), KIND);
  }

  @Test
  void refusesAFolderThatIsALink() throws IOException {
    refuses(new ZipBytes().add(Entry.of("a/", "").withMode(ZipBytes.LINK)), KIND);
    refuses(new ZipBytes().add(Entry.of("a/", "").withMode(ZipBytes.FILE)), KIND);
  }

  @Test
  void refusesWhatIsEncryptedOrPackedStrangely() throws IOException {
    refuses(new ZipBytes().add(Entry.of("a", "x").withFlags(1)), "is encrypted");
    refuses(new ZipBytes().add(Entry.of("a", "x").withFlags(0x40)), "is encrypted");
    refuses(new ZipBytes().add(Entry.of("a", "x").withMethod(12)), "in a way that is not known");
    byte[] latin = "ä".getBytes(ISO_8859_1);
    refuses(new ZipBytes().add(Entry.of("a", "x").withName(latin)), "no UTF-8");
  }

  @Test
  void refusesWhatIsNoArchiveOrTwo() throws IOException {
    byte[] good = new ZipBytes().add("a", "x").bytes();
    refuses(new byte[0], "it is no ZIP file");
    refuses("just text".getBytes(ISO_8859_1), "it is no ZIP file");
    refuses(Arrays.copyOf(good, good.length - 1), "it is no ZIP file");
    refuses(Arrays.copyOf(good, good.length + 1), "it is no ZIP file");
    refuses(Arrays.copyOfRange(good, 1, good.length), "is not where it should be");
    refuses(new ZipBytes().add("a", "x").claimingEntries(2), "is damaged");
    refuses(new ZipBytes().add("a", "x").claimingEntries(0), "has more than it says");
    byte[] within = new ZipBytes().add("b", "y").bytes();
    refuses(new ZipBytes().add("a", "x").comment(within), "can be read as two archives");
    byte[] torn = new ZipBytes().add("a", "x".repeat(1_000)).bytes();
    torn[33] ^= 0x7F;
    refuses(torn, "it is damaged");
  }

  @Test
  void holdsEntriesToTheirNumber() throws Exception {
    ZipBytes zip = new ZipBytes();
    for (int i = 0; i < Unpacking.MAX_ENTRIES; i++) {
      zip.add(Entry.of("a" + i + "/", ""));
    }
    unpack(zip);
    refuses(zip.add("one-more", ""), "more than 10000 entries");
  }

  @Test
  void holdsNamesToTheirLength() throws Exception {
    String deepest = "a/".repeat(Unpacking.MAX_DEPTH - 1) + "b";
    String longest = "n".repeat(EntryNames.MAX_NAME_BYTES);
    String far = (longest + "/").repeat(3) + "f".repeat(EntryNames.MAX_PATH_BYTES - 769);
    unpack(new ZipBytes().add(deepest, "x").add(far, ""));
    refuses(new ZipBytes().add("a/" + deepest, "x"), "lies deeper than 32 names");
    refuses(new ZipBytes().add("ä" + "n".repeat(254), ""), "is too long a name");
    refuses(new ZipBytes().add(far + "f", ""), "is too long a name");
  }

  @Test
  void holdsFilesToTheirSize() throws Exception {
    byte[] largest = new byte[Unpacking.MAX_FILE_BYTES];
    unpack(new ZipBytes().add(Entry.of("a", largest).withMethod(0)));
    assertThat(folder.resolve("a")).hasSize(Unpacking.MAX_FILE_BYTES);
    refuses(
        new ZipBytes().add(Entry.of("a", "x").claiming(Unpacking.MAX_FILE_BYTES + 1)),
        "has more than 64 MiB");
    // One that lies about its size.
    byte[] larger = new byte[Unpacking.MAX_FILE_BYTES + 1];
    refuses(new ZipBytes().add(Entry.of("b", larger).claiming(1)), "times what it has");
  }

  @Test
  void holdsAllFilesToTheirSum() throws IOException {
    ZipBytes zip = new ZipBytes();
    for (int i = 0; i < Unpacking.MAX_BYTES / Unpacking.MAX_FILE_BYTES; i++) {
      zip.add(Entry.of("a" + i, "x").withMethod(0).claiming(Unpacking.MAX_FILE_BYTES));
    }
    // Exactly the sum is read, and then found to be a lie.
    refuses(zip, "it is damaged");
    refuses(zip.add("b", "x"), "it unpacks to more than 256 MiB");
  }

  @Test
  void endsABomb() throws Exception {
    int length = 30_000;
    int most = Unpacking.PLAIN_BYTES + Unpacking.MAX_RATIO * length;
    unpack(padded(Entry.of("zeros", new byte[most]), length));
    assertThat(folder.resolve("zeros")).hasSize(most);
    byte[] bomb = padded(Entry.of("more", new byte[most + 1]), length);
    refuses(bomb, "more than 200 times what it has");
    refuses(padded(Entry.of("lies", new byte[10 * most]).claiming(1), 70_000), "times what it has");
  }

  /// An archive of that length.
  private static byte[] padded(Entry entry, int length) {
    int bare = new ZipBytes().add(entry).bytes().length;
    assertThat(bare).isLessThanOrEqualTo(length);
    return new ZipBytes().add(entry).comment(new byte[length - bare]).bytes();
  }

  private void unpack(ZipBytes zip) throws Exception {
    unpack(zip.bytes());
  }

  private void unpack(byte[] zip) throws Exception {
    Unpacking.unpack(Files.write(temporary.resolve("a.zip"), zip), folder);
  }

  private String refuses(ZipBytes zip, String why) throws IOException {
    return refuses(zip.bytes(), why);
  }

  private String refuses(byte[] zip, String why) throws IOException {
    Path archive = Files.write(temporary.resolve("a.zip"), zip);
    Path into = Files.createTempDirectory(temporary, "refused");
    UnsafeArchive refused =
        assertThatExceptionOfType(UnsafeArchive.class)
            .isThrownBy(() -> Unpacking.unpack(archive, into))
            .withMessageContaining(why)
            .actual();
    return String.valueOf(refused.getMessage());
  }
}
