package com.commaagents.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.id.IdGenerator;
import com.commaagents.packages.Packages.PackageInfo;
import com.commaagents.packages.registry.Download;
import com.commaagents.packages.registry.Registry;
import com.commaagents.packages.registry.RegistryAddress;
import com.commaagents.packages.testing.TestRegistry;
import com.commaagents.packages.testing.ZipBytes;
import com.commaagents.packages.testing.ZipBytes.Entry;
import com.commaagents.strategy.installed.InstalledPackages;
import com.commaagents.strategy.installed.PackageName;
import com.commaagents.strategy.load.LoadRequest;
import com.commaagents.strategy.load.LoadResult;
import com.commaagents.strategy.load.StrategyLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class PackagesTest {
  private static final PackageName NAME = new PackageName("a", "b");
  private static final String SHELL = "{\"shell\":true}";

  @TempDir Path temporary;
  private Path data;
  private TestRegistry registry;
  private Packages packages;

  @BeforeEach
  void open() throws IOException {
    temporary = temporary.toRealPath();
    data = temporary.resolve("data");
    registry = new TestRegistry(temporary.resolve("registry"));
    packages = packages(IdGenerator.random());
  }

  private Packages packages(IdGenerator ids) {
    RegistryAddress address = new RegistryAddress.Folder(registry.folder());
    return Packages.of(data, Optional.of(new Registry(address, new Download())), ids);
  }

  @Test
  void installsListsUpdatesAndRemoves() throws Exception {
    String first = registry.publish("@a/b", "1.0", "{}", "").path("sha256").asString();
    assertThat(packages.install("@a/b", Optional.empty(), false))
        .isEqualTo(info("1.0", first, false));
    assertThat(loads()).isTrue();

    String second = registry.publish("@a/b", "1.1", "{}", "").path("sha256").asString();
    Packages.Listing listing = packages.list();
    assertThat(listing.installed()).containsExactly(info("1.0", first, false));
    assertThat(listing.available()).extracting(Object::toString).containsExactly("@a/b 1.1");
    assertThat(packages.update("@a/b", Optional.empty(), false))
        .isEqualTo(info("1.1", second, false));
    assertThat(packages.update("@a/b", Optional.empty(), false))
        .isEqualTo(info("1.1", second, false));

    assertThat(packages.remove("@a/b")).isTrue();
    assertThat(packages.remove("@a/b")).isFalse();
    assertThat(packages.list().installed()).isEmpty();
    assertThat(left()).containsExactly("packages");
  }

  @Test
  void leavesOnlyWhatTheNewVersionBrings() throws Exception {
    registry.publish(
        "@a/b", "1.0", "{}", TestRegistry.project("@a/b", "1.0", "{}", "").add("old.txt", "x"));
    packages.install("@a/b", Optional.empty(), false);
    registry.publish("@a/b", "1.1", "{}", "");
    packages.update("@a/b", Optional.empty(), false);
    assertThat(left())
        .containsExactly(
            "packages",
            "packages/@a",
            "packages/@a/b",
            "packages/@a/b/.comma-package.json",
            "packages/@a/b/comma-project.json",
            "packages/@a/b/strategies",
            "packages/@a/b/strategies/main.json");
    try (Stream<Path> all = Files.walk(data.resolve("packages"))) {
      assertThat(all)
          .allSatisfy(path ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                  .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
    }
  }

  @Test
  void keepsOtherPackagesOfTheScope() throws Exception {
    registry.publish("@a/b", "1.0", "{}", "");
    registry.publish("@a/c", "1.0", "{}", "");
    packages.install("@a/b", Optional.empty(), false);
    packages.install("@a/c", Optional.empty(), false);
    assertThat(packages.remove("@a/b")).isTrue();
    assertThat(packages.list().installed())
        .extracting(PackageInfo::name)
        .containsExactly(new PackageName("a", "c"));
  }

  @Test
  void takesAnArchiveWithOneFolder() throws Exception {
    registry.publish(
        "@a/b",
        "1.0",
        "{}",
        new ZipBytes()
            .add("b-1.0/comma-project.json", TestRegistry.manifest("@a/b", "1.0", "{}"))
            .add("b-1.0/strategies/main.json", TestRegistry.strategy("")));
    packages.install("@a/b", Optional.empty(), false);
    assertThat(loads()).isTrue();
  }

  @Test
  void asksBeforeCodeRunsAndSaysWhatItIs() throws Exception {
    String permissions = "{\"shell\":true,\"executesCode\":true}";
    ZipBytes zip =
        TestRegistry.project("@a/b", "1.0", permissions, "run_command")
            .add("prompt.md", "{{ \"id\" | exec }}")
            .add("server.js", "")
            .add(
                "more.yaml",
                """
                name: more
                version: '1'
                mcpServers:
                  notes: {transport: stdio, command: node, args: [server.js, {env: HOME}]}
                agents:
                  a: {model: scripted/m, mcpServers: [notes], systemPromptTemplate: {template: prompt.md}}
                flow: {type: sequential, name: f, steps: [{agent: a}]}
                """);
    registry.publish("@a/b", "1.0", permissions, zip);
    refuses(
        () -> packages.install("@a/b", Optional.empty(), false),
        FaultCode.CONFLICT,
        """
        @a/b 1.0 runs code, which nobody has approved. Its permissions: shell: true, executesCode: true.
          - more.yaml: MCP server "notes" runs node server.js $HOME
          - more.yaml: agent "a": the filter exec of its template
          - strategies/main.json: agent "a": tool "run_command"
        Nothing was changed. To approve exactly this archive: comma packages install @a/b --allow-code, \
        for a newer version comma packages update; in a message: allowCode.\
        """);
    assertThat(left()).containsExactly("packages");
    assertThat(packages.install("@a/b", Optional.empty(), true).codeApproved()).isTrue();
    assertThat(loads()).isTrue();
  }

  @Test
  void remembersAnApprovalAndAsksAgainForAnotherArchive() throws Exception {
    registry.publish("@a/b", "1.0", SHELL, "run_command");
    packages.install("@a/b", Optional.empty(), true);
    assertThat(packages.install("@a/b", Optional.empty(), false).codeApproved()).isTrue();
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(data.resolve("package-approvals.json"))))
        .isEqualTo("rw-------");
    String before = Files.readString(data.resolve("package-approvals.json"));

    String sha256 = registry.publish("@a/b", "1.1", SHELL, "run_command").path("sha256").asString();
    refuses(
        () -> packages.update("@a/b", Optional.empty(), false),
        FaultCode.CONFLICT,
        "@a/b 1.1 runs code");
    assertThat(packages.list().installed()).extracting(PackageInfo::version).containsExactly("1.0");
    assertThat(data.resolve("package-approvals.json")).hasContent(before);
    assertThat(packages.update("@a/b", Optional.empty(), true).codeApproved()).isTrue();
    assertThat(data.resolve("package-approvals.json"))
        .hasContent("{\"@a/b\":[\"" + sha256 + "\"]}");

    assertThat(packages.remove("@a/b")).isTrue();
    assertThat(data.resolve("package-approvals.json")).hasContent("{}");
    refuses(
        () -> packages.install("@a/b", Optional.empty(), false),
        FaultCode.CONFLICT,
        "@a/b 1.1 runs code");
  }

  @Test
  void runsNoCodeWhoseApprovalIsGone() throws Exception {
    registry.publish("@a/b", "1.0", SHELL, "run_command");
    packages.install("@a/b", Optional.empty(), true);
    assertThat(loads()).isTrue();
    Files.delete(data.resolve("package-approvals.json"));
    assertThat(loads()).isFalse();
    assertThat(packages.install("@a/b", Optional.empty(), true).codeApproved()).isTrue();
    assertThat(loads()).isTrue();
  }

  @Test
  void needsNoApprovalWhereNothingRuns() throws Exception {
    registry.publish("@a/b", "1.0", "{\"filesystem\":\"write\",\"network\":true}", "write_file");
    assertThat(packages.install("@a/b", Optional.empty(), true).codeApproved()).isFalse();
    assertThat(left()).doesNotContain("package-approvals.json");
    assertThat(loads()).isTrue();
  }

  @Test
  void asksAlsoForToolsThatAManifestLists() throws Exception {
    String manifest =
        TestRegistry.manifest("@a/b", "1.0", "{}")
            .replaceFirst("\\{", "{\"tools\":{\"t\":{\"path\":\"t.js\"}},");
    registry.publish(
        "@a/b",
        "1.0",
        "{}",
        new ZipBytes()
            .add("comma-project.json", manifest)
            .add("t.js", "")
            .add("strategies/main.json", TestRegistry.strategy("")));
    refuses(
        () -> packages.install("@a/b", Optional.empty(), false),
        FaultCode.CONFLICT,
        "tool \"t\": t.js");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "@a/b | 1.0 | {\"shell\":true} | its manifest wants shell: true, which the index does not",
        "@a/c | 1.0 | {} | its manifest has the name \"@a/c\"",
        "b | 1.0 | {} | its manifest has the name \"b\"",
        "@a/b | 2.0 | {} | its manifest has the version \"2.0\"",
        "@a/b | 1.0 | {\"x\":1} | Invalid project manifest",
      })
  void refusesWhatIsNotAsPromised(String name, String version, String permissions, String why)
      throws IOException {
    registry.publish("@a/b", "1.0", "{}", TestRegistry.project(name, version, permissions, ""));
    refuses(() -> packages.install("@a/b", Optional.empty(), true), FaultCode.UPSTREAM, why);
    assertThat(left()).containsExactly("packages");
  }

  @Test
  void refusesArchivesWithoutAManifestOrWithAReceipt() throws IOException {
    registry.publish("@a/b", "1.0", "{}", new ZipBytes().add("x", ""));
    refuses(
        () -> packages.install("@a/b", Optional.empty(), true),
        FaultCode.UPSTREAM,
        "no comma-project.json");
    registry.publish(
        "@a/b",
        "1.1",
        "{}",
        TestRegistry.project("@a/b", "1.1", "{}", "").add(".comma-package.json", "{}"));
    refuses(
        () -> packages.install("@a/b", Optional.empty(), true),
        FaultCode.UPSTREAM,
        "brings a .comma-package.json");
    registry.publish(
        "@a/b",
        "1.2",
        "{}",
        TestRegistry.project("@a/b", "1.2", "{}", "")
            .add(Entry.of("evil", "/").withMode(ZipBytes.LINK)));
    refuses(
        () -> packages.install("@a/b", Optional.empty(), true),
        FaultCode.UPSTREAM,
        "is a link or another special");
    registry.publish(
        "@a/b", "1.3", "{}", TestRegistry.project("@a/b", "1.3", "{}", "").add("../../../x", ""));
    refuses(
        () -> packages.install("@a/b", Optional.empty(), true),
        FaultCode.UPSTREAM,
        "is no plain path within");
    assertThat(left()).containsExactly("packages");
    assertThat(temporary.resolve("x")).doesNotExist();
  }

  @Test
  void leavesTheInstalledVersionWhereAnUpdateIsRefused() throws Exception {
    registry.publish("@a/b", "1.0", "{}", "");
    PackageInfo before = packages.install("@a/b", Optional.empty(), false);
    registry.publish("@a/b", "1.1", "{}", new ZipBytes().add("x", ""));
    refuses(
        () -> packages.update("@a/b", Optional.empty(), false),
        FaultCode.UPSTREAM,
        "no comma-project.json");
    registry.publish("@a/b", "1.2", "{}", "").put("size", 7);
    registry.write();
    refuses(
        () -> packages.update("@a/b", Optional.empty(), false),
        FaultCode.UPSTREAM,
        "in place of 7");
    assertThat(packages.list().installed()).containsExactly(before);
    assertThat(loads()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "b",
        "a/b",
        "@a",
        "@/b",
        "@a/",
        "@A/b",
        "@a/B",
        "@a/..",
        "@../b",
        "@a/b/c",
        "@a/.b",
        "@a/b.",
        "@a/b\n",
        "@a\\b/c",
        "@a/b\0",
        "@.incoming/b"
      })
  void refusesNamesThatAreNone(String name) {
    for (Asking asking :
        List.<Asking>of(
            () -> packages.install(name, Optional.empty(), true),
            () -> packages.update(name, Optional.empty(), true),
            () -> packages.remove(name))) {
      refuses(asking, FaultCode.INVALID_INPUT, "is not the name of a package");
    }
    assertThat(left()).isEmpty();
  }

  @Test
  void saysWhatIsInTheWay() throws Exception {
    registry.publish("@a/b", "1.0", "{}", "");
    refuses(
        () -> packages.install("@a/bb", Optional.empty(), false),
        FaultCode.NOT_FOUND,
        "did you mean \"@a/b\"?");
    refuses(
        () -> packages.update("@a/b", Optional.empty(), false),
        FaultCode.NOT_FOUND,
        "packages install @a/b");
    packages.install("@a/b", Optional.empty(), false);
    registry.publish("@a/b", "1.1", "{}", "");
    refuses(
        () -> packages.install("@a/b", Optional.empty(), false),
        FaultCode.CONFLICT,
        "@a/b is installed already, as 1.0; the registry has 1.1: comma packages update @a/b");
    Packages alone = Packages.of(data, Optional.empty(), IdGenerator.random());
    refuses(
        () -> alone.update("@a/b", Optional.empty(), false),
        FaultCode.CONFLICT,
        "set packageRegistry in daemon");
    assertThat(alone.list().installed()).hasSize(1);
    Files.writeString(registry.folder().resolve("index.json"), "{");
    assertThat(packages.list().problem())
        .hasValueSatisfying(text -> assertThat(text).contains("this is not valid JSON"));
    assertThat(packages.list().installed()).hasSize(1);
  }

  @Test
  void leavesWhatWasLaidByHandToItsOwner() throws Exception {
    registry.publish("@a/b", "1.0", "{}", "");
    Path own = Files.createDirectories(temporary.resolve("own"));
    Files.writeString(own.resolve("comma-project.json"), "{\"name\":\"@a/b\",\"version\":\"0.1\"}");
    Files.createDirectories(data.resolve("packages/@a"));
    Files.createSymbolicLink(data.resolve("packages/@a/b"), own);
    assertThat(packages.list().installed())
        .containsExactly(
            new PackageInfo(
                NAME,
                "0.1",
                Optional.empty(),
                data.resolve("packages/@a/b"),
                false,
                false,
                List.of()));
    refuses(
        () -> packages.install("@a/b", Optional.empty(), true),
        FaultCode.CONFLICT,
        "laid there by hand");
    refuses(
        () -> packages.update("@a/b", Optional.empty(), true),
        FaultCode.CONFLICT,
        "was laid there by hand");
    assertThat(packages.remove("@a/b")).isTrue();
    assertThat(Files.exists(data.resolve("packages/@a"), LinkOption.NOFOLLOW_LINKS)).isFalse();
    assertThat(own.resolve("comma-project.json")).exists();
  }

  @Test
  void changesOneThingAtATimeAndListsMeanwhile() throws Exception {
    registry.publish("@a/b", "1.0", "{}", "");
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Packages slow =
        packages(() -> {
          begun.countDown();
          awaitUnlessStopped(goOn);
          return "id";
        });
    AtomicReference<Optional<PackageInfo>> done = new AtomicReference<>(Optional.empty());
    Thread installing =
        Thread.ofVirtual()
            .start(() -> {
              try {
                done.set(Optional.of(slow.install("@a/b", Optional.empty(), false)));
              } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
              }
            });
    begun.await();
    refuses(() -> slow.remove("@a/b"), FaultCode.CONFLICT, "Another change of packages is under");
    assertThat(slow.list().installed()).isEmpty();
    goOn.countDown();
    installing.join();
    assertThat(done.get()).isPresent();
  }

  private static void awaitUnlessStopped(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void bringsBackAVersionThatACrashHasLeftAside() throws Exception {
    registry.publish("@a/b", "1.0", SHELL, "run_command");
    PackageInfo before = packages.install("@a/b", Optional.empty(), true);
    Path aside = Files.createDirectories(data.resolve("packages/.incoming/aside/@a"));
    Files.createDirectories(data.resolve("packages/.incoming/work/x/content"));
    Files.move(data.resolve("packages/@a/b"), aside.resolve("b"));
    packages.recover();
    assertThat(packages.list().installed()).containsExactly(before);
    assertThat(loads()).isTrue();
    assertThat(left()).noneMatch(path -> path.contains("incoming"));
  }

  @Test
  void sweepsWhatACrashHasLeftOver() throws Exception {
    registry.publish("@a/b", "1.0", SHELL, "run_command");
    PackageInfo before = packages.install("@a/b", Optional.empty(), true);
    // Put in place, but the old one not yet deleted, and an approval of what never came.
    Files.createDirectories(data.resolve("packages/.incoming/aside/@a/b/old"));
    Files.createDirectories(data.resolve("packages/@empty"));
    Files.writeString(
        data.resolve("package-approvals.json"),
        "{\"@a/b\":[\"%s\",\"%s\"],\"@c/d\":[\"%s\"]}"
            .formatted(before.sha256().orElseThrow(), "0".repeat(64), "1".repeat(64)));
    packages.recover();
    assertThat(packages.list().installed()).containsExactly(before);
    assertThat(left()).noneMatch(path -> path.contains("incoming") || path.contains("@empty"));
    assertThat(data.resolve("package-approvals.json"))
        .hasContent("{\"@a/b\":[\"" + before.sha256().orElseThrow() + "\"]}");
  }

  @Test
  void holdsPackagesToTheirNumber() throws Exception {
    registry.publish("@a/b", "1.0", "{}", "");
    for (int i = 1; i < InstalledPackages.MAX_PACKAGES; i++) {
      Files.createDirectories(data.resolve("packages/@s" + i % 10 + "/p" + i));
    }
    packages.install("@a/b", Optional.empty(), false);
    assertThat(packages.list().installed()).hasSize(InstalledPackages.MAX_PACKAGES);
    registry.publish("@a/c", "1.0", "{}", "");
    refuses(
        () -> packages.install("@a/c", Optional.empty(), false),
        FaultCode.LIMIT_EXCEEDED,
        "1000 packages");
    Files.createDirectories(data.resolve("packages/@z/more"));
    assertThat(packages.list().installed()).hasSize(InstalledPackages.MAX_PACKAGES);
  }

  @Test
  void pinsAVersionUntilSomebodyAsksForAnother() throws Exception {
    registry.publish("@a/b", "1.0", "{}", "");
    registry.publish("@a/b", "1.1", "{}", "");
    registry.publish("@a/b", "1.2", "{}", "");
    PackageInfo pinned = packages.install("@a/b", Optional.of("1.0"), false);
    assertThat(pinned.version()).isEqualTo("1.0");
    assertThat(pinned.pinned()).isTrue();
    assertThat(packages.list().installed()).containsExactly(pinned);
    assertThatThrownBy(() -> packages.update("@a/b", Optional.empty(), false))
        .hasMessage(
            "@a/b is pinned at 1.0. To follow the newest version again: comma packages update"
                + " @a/b@latest, to take another: comma packages update @a/b@VERSION.");
    assertThatThrownBy(() -> packages.install("@a/b", Optional.of("1.1"), false))
        .hasMessageContaining("the registry has 1.1: comma packages update @a/b@1.1");

    PackageInfo other = packages.update("@a/b", Optional.of("1.1"), false);
    assertThat(other.version()).isEqualTo("1.1");
    assertThat(other.pinned()).isTrue();
    PackageInfo newest = packages.update("@a/b", Optional.of("latest"), false);
    assertThat(newest.version()).isEqualTo("1.2");
    assertThat(newest.pinned()).isFalse();
    assertThat(packages.update("@a/b", Optional.of("1.2"), false).pinned()).isTrue();
    assertThatThrownBy(() -> packages.update("@a/b", Optional.of("2.0"), false))
        .hasMessageStartingWith("The registry has no version \"2.0\" of @a/b; ");
  }

  @Test
  void saysWhatAnUpdateChangesInPermissionsAndAsksAgainForOtherCode() throws Exception {
    registry.publish("@a/b", "1.0", "{\"network\":true}", "");
    var _ = packages.install("@a/b", Optional.empty(), false);
    registry.publish("@a/b", "1.1", SHELL, "run_command");
    assertThatThrownBy(() -> packages.update("@a/b", Optional.empty(), false))
        .hasMessageContaining("@a/b 1.1 runs code, which nobody has approved.")
        .hasMessageContaining(
            "It now has the permissions shell: true. It has no longer the permissions network:"
                + " true.");
    PackageInfo updated = packages.update("@a/b", Optional.empty(), true);
    assertThat(updated.changes())
        .containsExactly(
            "It now has the permissions shell: true.",
            "It has no longer the permissions network: true.");
    assertThat(updated.codeApproved()).isTrue();

    registry.publish("@a/b", "1.2", SHELL, "");
    assertThatThrownBy(() -> packages.update("@a/b", Optional.empty(), false))
        .hasMessageContaining("which nobody has approved. Its permissions: shell: true.\n");
    assertThat(packages.update("@a/b", Optional.empty(), true).changes()).isEmpty();
  }

  private PackageInfo info(String version, String sha256, boolean approved) {
    return new PackageInfo(
        NAME,
        version,
        Optional.of(sha256),
        data.resolve("packages/@a/b"),
        approved,
        false,
        List.of());
  }

  private boolean loads() {
    return new StrategyLoader(data)
            .check(data.resolve("packages/@a/b/strategies/main.json"), LoadRequest.FILE_ONLY)
        instanceof LoadResult.Loaded;
  }

  /// All there is in the data folder but the lock of a file that was written.
  private List<String> left() {
    if (!Files.exists(data)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(data)) {
      return all.filter(path -> !path.equals(data) && !path.toString().endsWith(".lock"))
          .map(path -> data.relativize(path).toString())
          .sorted()
          .toList();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private interface Asking {
    Object ask() throws InterruptedException;
  }

  private static void refuses(Asking asking, FaultCode code, String message) {
    assertThatExceptionOfType(Fault.class)
        .isThrownBy(asking::ask)
        .withMessageContaining(message)
        .satisfies(fault -> assertThat(fault.code()).isEqualTo(code));
  }
}
