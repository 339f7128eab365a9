package com.commaagents.tools;

import static com.commaagents.tools.World.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.json.Json;
import com.commaagents.engine.people.People.PermissionRequest;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// Paths that want to lead out of the workspace, through the real tools and their guards. Everybody
/// who is asked says no; what is outside is then neither seen nor changed.
///
/// What [com.commaagents.tools.guard.GuardTest] has is not repeated here.
@Timeout(120)
class FileAttacksTest {
  private static final String SECRET = "the secret itself\n";

  @TempDir Path folder;
  private World world;
  private Path secret;

  @BeforeEach
  void open() throws IOException {
    world = new World(folder);
    secret = world.write(world.outside, "secret.txt", SECRET);
    world.write("a.txt", "mine\n");
    world.write("sub/b.txt", "mine\n");
    world.people.denyAll();
  }

  @AfterEach
  void nothingHappenedOutside() throws IOException {
    world.close();
    assertThat(secret).hasContent(SECRET);
    try (var files = Files.list(world.outside)) {
      assertThat(files.toList()).containsExactly(secret);
    }
  }

  private List<String> allTools(String path) throws InterruptedException {
    ObjectNode named = Json.object().put("path", path);
    ObjectNode root = Json.object().put("query", "secret").put("mode", "text").put("root", path);
    ObjectNode edit = named.deepCopy();
    edit.putArray("edits").addObject().put("oldText", "secret").put("newText", "x");
    return List.of(
        world.call("read_file", named),
        world.call("list_directory", named.deepCopy().put("recursive", true)),
        world.call("glob", Json.object().put("pattern", "**").put("root", path)),
        world.call("search_files", root),
        world.call("search_files", root.deepCopy().put("mode", "path")),
        world.call(
            "write_file",
            named.deepCopy().put("content", "x").put("expectedSha256", sha256(SECRET))),
        world.call("edit_file", edit),
        world.call("delete_file", named.deepCopy().put("permanent", true)),
        world.call(
            "move_file",
            Json.object()
                .put("fromPath", path)
                .put("toPath", "stolen")
                .put("expectedSha256", sha256(SECRET))),
        world.call(
            "move_file",
            Json.object()
                .put("fromPath", "a.txt")
                .put("toPath", path)
                .put("overwrite", true)
                .put("expectedSha256", sha256("mine\n"))),
        world.call(
            "create_file",
            Json.object()
                .put("path", path + "/new")
                .put("content", "x")
                .put("createParentDirectories", true)),
        world.call("restore_file", Json.object().put("trashedPath", path)),
        world.call("run_command", Json.object().put("command", "cat *").put("cwd", path)));
  }

  private void assertKeepsInside(String path) throws Exception {
    for (String answer : allTools(path)) {
      assertThat(answer)
          .as(path)
          .matches("(?s)(outside_workspace|permission_denied|not_found|unknown): .*\nNext: .*")
          .doesNotContain(SECRET.strip());
    }
    assertThat(world.workspace.resolve("stolen")).doesNotExist();
    assertThat(world.text("a.txt")).isEqualTo("mine\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../outside/secret.txt",
        "./../outside/secret.txt",
        "sub/../../outside/secret.txt",
        "sub/../sub/.././../outside/secret.txt",
        "..//outside///secret.txt",
        "../outside/./secret.txt",
        "../work/../outside/secret.txt",
        "no-such-folder/../../outside/secret.txt",
        "a.txt/../../outside/secret.txt",
        "../outside/secret.txt/",
        "../outside/secret.txt/.",
        "../outside",
        "..",
        "../",
        "sub/../..",
        "../../../../../../../../../../../../etc/passwd",
      })
  void keepsDotsInside(String path) throws Exception {
    assertKeepsInside(path);
  }

  /// Spellings that other systems or a careless decoder would take for `..`; here they are names.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "%2e%2e/outside/secret.txt",
        "..%2foutside%2fsecret.txt",
        "..\\outside\\secret.txt",
        "．．/outside/secret.txt",
        "..\u2215outside\u2215secret.txt",
        "..\u200b/outside/secret.txt",
        "~/../outside/secret.txt",
        "$HOME/../outside/secret.txt",
        "file:///etc/passwd",
        "....//outside/secret.txt",
        ".. /outside/secret.txt",
        "..\u0000/outside/secret.txt",
        "../outside/secret.txt\u0000.md",
      })
  void takesNothingElseForDots(String path) throws Exception {
    assertThat(world.call("read_file", Json.object().put("path", path))).startsWith("not_found: ");
    assertThat(world.people.requests()).isEmpty();
  }

  @Test
  void keepsAbsolutePathsInside() throws Exception {
    assertKeepsInside(secret.toString());
    assertKeepsInside("/" + secret);
    assertKeepsInside("/." + secret);
    assertKeepsInside(world.workspace + "/../outside/secret.txt");
    // Begins like the workspace, and is another folder.
    Path twin = Files.createDirectory(Path.of(world.workspace + "-twin"));
    world.write(twin, "secret.txt", SECRET);
    assertKeepsInside(twin.resolve("secret.txt").toString());
  }

  @Test
  void keepsLinksInside() throws Exception {
    Files.createSymbolicLink(world.workspace.resolve("file"), secret);
    Files.createSymbolicLink(world.workspace.resolve("relative"), Path.of("../outside/secret.txt"));
    Files.createSymbolicLink(world.workspace.resolve("dir"), world.outside);
    Files.createSymbolicLink(world.workspace.resolve("sub/up"), Path.of("../.."));
    Files.createSymbolicLink(world.workspace.resolve("chain1"), Path.of("chain2"));
    Files.createSymbolicLink(world.workspace.resolve("chain2"), Path.of("sub/chain3"));
    Files.createSymbolicLink(world.workspace.resolve("sub/chain3"), Path.of("../dir"));
    Files.createSymbolicLink(world.workspace.resolve("loop"), Path.of("loop"));
    Files.createSymbolicLink(world.workspace.resolve("root"), Path.of("/proc/self/root"));
    Files.createSymbolicLink(world.workspace.resolve("cwd"), Path.of("/proc/self/cwd"));
    Files.createSymbolicLink(world.workspace.resolve("environ"), Path.of("/proc/self/environ"));

    assertKeepsInside("file");
    assertKeepsInside("relative");
    assertKeepsInside("dir/secret.txt");
    assertKeepsInside("dir");
    assertKeepsInside("sub/up/outside/secret.txt");
    assertKeepsInside("chain1/secret.txt");
    assertKeepsInside("loop/x");
    assertKeepsInside("root" + secret);
    assertKeepsInside("root/proc/self/environ");
    assertKeepsInside("cwd/pom.xml");
    assertKeepsInside("environ");
    assertThat(world.people.requests())
        .extracting(PermissionRequest::resource)
        .noneMatch(resource -> resource.startsWith(world.workspace.toString()))
        .anyMatch(resource -> resource.matches("/proc/\\d+/environ"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/proc/self/environ",
        "/proc/self/mem",
        "/proc/self/maps",
        "/proc/self/fd",
        "/proc/self/fd/0",
        "/proc/thread-self/environ",
        "/proc/self/task/1/environ",
        "/proc/1/environ",
        "/proc/self/root/etc/shadow",
        "/proc/self/cwd",
        "/proc/sysrq-trigger",
        "/proc/kcore",
        "/dev/zero",
        "/dev/mem",
        "/dev/random",
        "/dev/stdin",
        "/dev/tty",
        "/dev/fd/0",
        "/dev/tcp/127.0.0.1/80",
        "/sys/kernel/uevent_helper",
        "/etc/shadow",
      })
  void asksBeforeTheSystemsFiles(String path) throws Exception {
    assertKeepsInside(path);
  }

  /// Even with a yes, nothing but regular files is opened, and nobody waits for the other end.
  @Test
  void opensNoPipesSocketsAndDevices() throws Exception {
    Path pipe = world.workspace.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Path socket = world.workspace.resolve("socket");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      for (String name : List.of("pipe", "socket")) {
        for (String answer : allTools(name)) {
          assertThat(answer)
              .as(name)
              .matches("(?s)(not_found|unknown): .*\nNext: .*|(Matched|Found) 0.*");
        }
        assertThat(Files.exists(world.workspace.resolve(name), LinkOption.NOFOLLOW_LINKS)).isTrue();
      }
    }
  }

  @Test
  void isNotFooledByHardLinks() throws Exception {
    Path link = Files.createLink(world.workspace.resolve("link"), secret);

    assertThat(
            world.call(
                "write_file",
                Json.object()
                    .put("path", "link")
                    .put("content", "x")
                    .put("expectedSha256", sha256(SECRET))))
        .startsWith("Wrote link");
    // Another file has the name now; the one outside was never opened to write.
    assertThat(link).hasContent("x");
    Files.delete(link);
    Files.createLink(link, secret);
    assertThat(world.call("delete_file", "{'path': 'link', 'permanent': true}"))
        .startsWith("Deleted");
    Files.createLink(link, secret);
    assertThat(
            world.call(
                "edit_file", "{'path': 'link', 'edits': [{'oldText': 'secret', 'newText': 'x'}]}"))
        .startsWith("Edited");
  }

  enum Odd {
    NEWLINE("a\nb"),
    CONTROLS("a\u0001\u001b[31mb\u007f"),
    BACKWARDS("evil\u202Etxt.exe"),
    QUOTES("a'b\"c\\d"),
    COMMAND("$(touch pwned)`touch pwned`;touch pwned|touch pwned&touch pwned"),
    DASH("-rf"),
    DASHES("--help"),
    GLOB("*?[a]{b,c}"),
    BLANKS("  a  "),
    TRAILING_DOT("a."),
    DOTS("..."),
    TILDE("~"),
    PERCENT("%s%n%00"),
    EMOJI("\uD83D\uDE00"),
    LONGEST("n".repeat(255));

    private final String name;

    Odd(String name) {
      this.name = name;
    }
  }

  /// A name is a name: created, found, read, changed, moved, deleted and brought back, and nothing
  /// in it is obeyed.
  @ParameterizedTest
  @EnumSource(Odd.class)
  void treatsOddNamesAsNames(Odd odd) throws Exception {
    String name = odd.name;
    ObjectNode path = Json.object().put("path", name);

    assertThat(world.call("create_file", path.deepCopy().put("content", "one")))
        .startsWith("Created ");
    assertThat(world.call("read_file", path)).startsWith("Read ").endsWith("\n\none");
    ObjectNode edit = path.deepCopy();
    edit.putArray("edits").addObject().put("oldText", "one").put("newText", "two");
    assertThat(world.call("edit_file", edit)).startsWith("Edited ");
    String listed = world.call("list_directory", "{'path': '.', 'includeHidden': true}");
    String found = world.call("search_files", "{'query': 'two', 'mode': 'text'}");
    assertThat(listed.lines()).hasSize(4);
    assertThat(found.lines()).hasSize(2);
    assertThat(listed + found).doesNotContain("\u001b", "\u202E", "\u0001");
    ObjectNode move = Json.object().put("fromPath", name).put("toPath", "sub/" + name);
    assertThat(world.call("move_file", move.put("expectedSha256", sha256("two"))))
        .startsWith("Moved ");
    String deleted = world.call("delete_file", Json.object().put("path", "sub/" + name));
    assertThat(deleted).startsWith("Deleted ");
    String trashed = deleted.replaceAll("(?s).*in the trash as (\\S+);.*", "$1");
    assertThat(world.call("restore_file", Json.object().put("trashedPath", trashed)))
        .startsWith("Restored ");
    assertThat(world.text("sub/" + name)).isEqualTo("two");
    assertThat(world.workspace.resolve("pwned")).doesNotExist();
  }

  @Test
  void showsNamesThatAreNoTextAndOpensNoOtherFileForThem() throws Exception {
    String script =
        "printf x > \"$(printf 'bad\\377name')\"; printf y > \"$(printf 'bad\\376name')\"";
    assertThat(world.call("run_command", Json.object().put("command", script)))
        .contains("exit code 0");

    assertThat(world.call("list_directory", "{'path': '.'}")).contains("bad\uFFFDname");
    assertThat(world.call("read_file", Json.object().put("path", "bad\uFFFDname")))
        .startsWith("not_found: ");
    assertThat(world.call("search_files", "{'query': 'x', 'mode': 'text'}")).contains("Found 1");
  }

  @Test
  void looksAtNoLineForEver() throws Exception {
    Files.writeString(world.workspace.resolve("line"), "x".repeat(3_000_000) + "needle");

    assertThat(world.call("read_file", "{'path': 'line'}"))
        .contains("truncated at 262144 bytes: line 1 is longer than that; set maxBytes")
        .doesNotContain("read on with startLine");
    assertThat(world.call("read_file", "{'path': 'line', 'maxBytes': 4194304}")).endsWith("needle");
    assertThat(world.call("search_files", "{'query': 'needle', 'mode': 'text'}"))
        .hasSizeLessThan(1000);
    assertThat(world.call("search_files", "{'query': '(x+x+)+y', 'mode': 'regex'}"))
        .hasSizeLessThan(1000);
  }

  enum Target {
    A_FOLDER_ON_THE_WAY("flip/secret.txt"),
    THE_FILE("flip"),
    A_FOLDER_AND_A_PIPE("flip/secret.txt"),
    THE_FILE_AND_A_PIPE("flip");

    private final String path;

    Target(String path) {
      this.path = path;
    }

    boolean isFolder() {
      return this == A_FOLDER_ON_THE_WAY || this == A_FOLDER_AND_A_PIPE;
    }
  }

  /// Somebody exchanges a folder, or the file, for a link to the outside or for a pipe that nobody
  /// reads or writes, and back, as fast as can be, while every tool works on it.
  @ParameterizedTest
  @EnumSource(Target.class)
  void neitherReadsNorWritesOutsideNorWaitsWhileNamesFlip(Target target) throws Exception {
    Flipper flipper = new Flipper(target);
    Thread thread = Thread.ofPlatform().start(flipper);
    try {
      for (int i = 0; i < 100 || flipper.flips.get() < 3000; i++) {
        assertThat(thread.isAlive()).as("%s", flipper.failure).isTrue();
        for (String answer : racing(target)) {
          assertThat(answer).doesNotContain(SECRET.strip());
        }
        assertThat(secret).hasContent(SECRET);
      }
    } finally {
      flipper.stop.set(true);
      thread.join();
    }
  }

  private List<String> racing(Target target) throws InterruptedException {
    ObjectNode named = Json.object().put("path", target.path);
    ObjectNode edit = named.deepCopy();
    edit.putArray("edits").addObject().put("oldText", "i").put("newText", "i");
    ObjectNode create = Json.object().put("path", target.path + "-new").put("content", "x");
    ObjectNode inFolders =
        Json.object()
            .put("path", target.isFolder() ? "flip/made/in/new.txt" : "made/in/new.txt")
            .put("content", "x")
            .put("createParentDirectories", true);
    return List.of(
        world.call("read_file", named),
        world.call("search_files", "{'query': 'e', 'mode': 'text'}"),
        world.call(
            "write_file",
            named.deepCopy().put("content", "mine\n").put("expectedSha256", sha256("mine\n"))),
        world.call(
            "write_file",
            named.deepCopy().put("content", "x").put("expectedSha256", sha256(SECRET))),
        world.call("edit_file", edit),
        world.call("create_file", create),
        world.call("create_file", inFolders),
        world.call(
            "delete_file", Json.object().put("path", target.path + "-new").put("permanent", true)));
  }

  /// Makes `flip` in the workspace a link to the outside or a pipe, and what it was again.
  private final class Flipper implements Runnable {
    private final Path flipped = world.workspace.resolve("flip");
    private final Path beside = world.workspace.resolve("beside");
    private final Path other = world.workspace.resolve("other");
    private final Path pipe = world.workspace.resolve("pipe");
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicInteger flips = new AtomicInteger();
    private final Target target;
    private volatile Object failure = "runs";

    Flipper(Target target) throws Exception {
      this.target = target;
      assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    }

    @Override
    public void run() {
      try {
        if (target.isFolder()) {
          world.write("beside/secret.txt", "mine\n");
        }
        while (!stop.get()) {
          if (target.isFolder()) {
            flipFolder();
          } else {
            flipFile();
          }
          flips.incrementAndGet();
        }
      } catch (IOException failed) {
        failure = failed;
      }
    }

    private void makeOther() throws IOException {
      switch (target) {
        case A_FOLDER_ON_THE_WAY -> Files.createSymbolicLink(other, world.outside);
        case THE_FILE -> Files.createSymbolicLink(other, secret);
        case A_FOLDER_AND_A_PIPE, THE_FILE_AND_A_PIPE -> Files.createLink(other, pipe);
      }
    }

    // A tool may have put a file of its own there meanwhile: it is replaced.
    private void flipFile() throws IOException {
      makeOther();
      Files.move(other, flipped, StandardCopyOption.ATOMIC_MOVE);
      Files.writeString(beside, "mine\n");
      Files.move(beside, flipped, StandardCopyOption.ATOMIC_MOVE);
    }

    // So that between look and open the one has the name of the other, also where a folder is made.
    private void flipFolder() throws IOException {
      replace(beside);
      Files.move(flipped, beside, StandardCopyOption.ATOMIC_MOVE);
      makeOther();
      replace(other);
      Files.delete(flipped);
    }

    // A tool may have made a folder there meanwhile.
    private void replace(Path by) throws IOException {
      while (true) {
        try {
          Files.move(by, flipped, StandardCopyOption.ATOMIC_MOVE);
          return;
        } catch (FileSystemException occupied) {
          for (String name : List.of("made/in/new.txt", "made/in", "made", "secret.txt-new", "")) {
            deleteIfAlone(flipped.resolve(name));
          }
        }
      }
    }

    private void deleteIfAlone(Path path) throws IOException {
      try {
        Files.deleteIfExists(path);
      } catch (FileSystemException inUse) {
        assertThat(Files.exists(path.resolve(".."), LinkOption.NOFOLLOW_LINKS)).isTrue();
      }
    }
  }
}
