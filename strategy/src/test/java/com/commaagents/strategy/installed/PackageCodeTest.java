package com.commaagents.strategy.installed;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.strategy.load.Available;
import com.commaagents.strategy.load.LoadRequest;
import com.commaagents.strategy.load.LoadResult;
import com.commaagents.strategy.load.LoadResult.Loaded;
import com.commaagents.strategy.load.LoadResult.Rejected;
import com.commaagents.strategy.load.Names;
import com.commaagents.strategy.load.StrategyLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import com.commaagents.strategy.load.ConfigCheck;
import com.commaagents.strategy.load.AddedTypes.AddedType;
import com.commaagents.strategy.load.AddedTypes;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a package brings along runs only where that was approved.
final class PackageCodeTest {
  private static final String SHA = "0123456789abcdef".repeat(4);
  private static final String OTHER = "f".repeat(64);
  private static final PackageReceipt RECEIPT =
      new PackageReceipt(new PackageName("a", "b"), "1.0", SHA);

  @TempDir Path temporary;
  private Path data;
  private Path place;
  private CodeApprovals approvals;

  @BeforeEach
  void lay() throws IOException {
    data = temporary.toRealPath();
    place = Files.createDirectories(data.resolve("packages/@a/b"));
    Files.writeString(
        place.resolve("comma-project.json"),
        "{\"name\":\"@a/b\",\"version\":\"1.0\",\"permissions\":{\"network\":true,\"filesystem\":\"write\",\"shell\":true,\"executesCode\":true}}");
    receipt(RECEIPT);
    approvals = new CodeApprovals(data);
  }

  private void receipt(PackageReceipt receipt) throws IOException {
    Files.write(place.resolve(PackageReceipt.FILE_NAME), receipt.json());
  }

  @Test
  void runsCodeOnlyOfTheArchiveThatWasApproved() throws IOException {
    Path file = strategy("s.yaml", "tools: [run_command]");
    assertThat(rejected(file))
        .isEqualTo(
            "The package may not run code: "
                + file
                + ": agent \"a\": tool \"run_command\": nobody has approved it; see what it runs"
                + " and approve it with comma packages install @a/b --allow-code");
    approvals.approve(RECEIPT);
    assertThat(check(file)).isInstanceOf(Loaded.class);

    receipt(new PackageReceipt(RECEIPT.name(), "1.0", OTHER));
    assertThat(rejected(file)).contains("nobody has approved it");
    receipt(new PackageReceipt(new PackageName("a", "c"), "1.0", SHA));
    assertThat(rejected(file)).contains("laid among the packages by hand");
  }

  @Test
  void asksForEverythingThatRuns() throws IOException {
    for (String agent :
        List.of(
            "tools: [run_command]",
            "tools: [launch_strategy]",
            "tools: [of_a_plug_in]",
            "systemPromptTemplate: {template: '{{ \"id\"|exec }}'}",
            "systemPromptTemplate: {template: exec.md}")) {
      Files.writeString(place.resolve("exec.md"), "{{ \"id\" |\n exec }}");
      assertThat(rejected(strategy("s.yaml", agent))).startsWith("The package may not run code: ");
    }
    Path server =
        Files.writeString(
            place.resolve("m.yaml"),
            Files.readString(strategy("s.yaml", "tools: []"))
                + "mcpServers: {x: {transport: stdio, command: node}}\n");
    assertThat(rejected(server)).contains("MCP server \"x\": nobody has approved it");
    Path custom = strategy("s.yaml", "type: of_a_plug_in");
    assertThat(rejected(custom)).contains(": agent \"a\": nobody has approved it");
  }

  @Test
  void usesServersOfOthersOnlyAsFarAsItsManifestPermits() throws IOException {
    Path file = strategy("s.yaml", "mcpServers: [mine, far]");
    assertThat(check(file)).isInstanceOf(Loaded.class);
    assertThat(rejectedWithServers(file))
        .contains("The package may not run code: ", "agent \"a\": MCP server \"mine\": nobody has");
    approvals.approve(RECEIPT);
    assertThat(rejectedWithServers(file)).isEqualTo("it was loaded");
    Path manifest = place.resolve("comma-project.json");
    Files.writeString(
        manifest,
        "{\"name\":\"@a/b\",\"version\":\"1.0\",\"permissions\":{\"executesCode\":true}}");
    assertThat(rejectedWithServers(file))
        .startsWith("Not permitted by its project: ")
        .contains("agent \"a\": MCP server \"far\" needs network: true");
    assertThat(rejectedWithServers(strategy("s.yaml", "mcpServers: [mine]")))
        .isEqualTo("it was loaded");
    assertThat(rejectedWithServers(strategy("s.yaml", "type: odd, config: {mcpServers: [far]}")))
        .contains("agent \"a\": MCP server \"far\" needs network: true");
  }

  private String rejectedWithServers(Path file) {
    Available free = Available.NOT_CHECKED;
    LoadRequest request =
        new LoadRequest(
            true,
            new Available(
                free.tools(),
                new AddedTypes.Known(Map.of("odd", new AddedType(true, ConfigCheck.NONE))),
                free.flowTypes(),
                free.skills(),
                new Names.Known(Set.of("mine", "far")),
                Set.of("mine"),
                free.templates(),
                free.outputSchemas()));
    return new StrategyLoader(data).check(file, request) instanceof Rejected rejected
        ? rejected.message()
        : "it was loaded";
  }

  @Test
  void needsNoApprovalForTheRest() throws IOException {
    assertThat(check(strategy("s.yaml", "tools: [write_file, webfetch, todo_get]")))
        .isInstanceOf(Loaded.class);
    Files.writeString(place.resolve("plain.md"), "exec {{ x | upcase }}");
    assertThat(check(strategy("s.yaml", "systemPromptTemplate: {template: plain.md}")))
        .isInstanceOf(Loaded.class);
  }

  @Test
  void seesAPackageWhateverItIsCalledAndHoweverDeepAFileLies() throws IOException {
    for (String folder :
        List.of("packages/@A/B/x/y", "packages/plain/x", "packages/@a/.hidden/x")) {
      Files.createDirectories(data.resolve(folder));
      Path file =
          Files.copy(strategy("s.yaml", "tools: [run_command]"), data.resolve(folder + "/s.yaml"));
      assertThat(rejected(file)).contains("laid among the packages by hand");
    }
  }

  @Test
  void seesThroughLinksIntoAPackage() throws IOException {
    Path file = strategy("s.yaml", "tools: [run_command]");
    Path link = Files.createSymbolicLink(data.resolve("link.yaml"), file);
    assertThat(rejected(link)).startsWith("The package may not run code: ");
  }

  @Test
  void takesNothingForApprovedWhereTheApprovalsAreBroken() throws IOException {
    approvals.approve(RECEIPT);
    Path file = strategy("s.yaml", "tools: [run_command]");
    for (String broken : List.of("{", "[]", "{\"@a/b\":[1]}", "{\"@a/b\":[\"x\"]}")) {
      Files.writeString(data.resolve("package-approvals.json"), broken);
      assertThat(rejected(file)).contains("package-approvals.json: expected a JSON object");
    }
    Path approved = data.resolve("package-approvals.json");
    String json = "{\"@a/b\":[\"" + SHA + "\"]}";
    Files.writeString(approved, json + " ".repeat(CodeApprovals.MAX_BYTES - json.length()));
    assertThat(check(file)).isInstanceOf(Loaded.class);
    Files.writeString(approved, json + " ".repeat(CodeApprovals.MAX_BYTES - json.length() + 1));
    assertThat(rejected(file)).contains("is larger than 1048576 bytes");
  }

  @Test
  void takesNoReceiptThatIsNone() throws IOException {
    approvals.approve(RECEIPT);
    Path file = strategy("s.yaml", "tools: [run_command]");
    Path receipt = place.resolve(PackageReceipt.FILE_NAME);
    String good = Files.readString(receipt);
    Files.writeString(receipt, good + " ".repeat(PackageReceipt.MAX_BYTES - good.length()));
    assertThat(check(file)).isInstanceOf(Loaded.class);
    for (String none :
        List.of(good + " ".repeat(PackageReceipt.MAX_BYTES - good.length() + 1), "{", "{}", "")) {
      Files.writeString(receipt, none);
      assertThat(rejected(file)).contains("laid among the packages by hand");
    }
    Path elsewhere = Files.writeString(data.resolve("r.json"), good);
    Files.delete(receipt);
    Files.createSymbolicLink(receipt, elsewhere);
    assertThat(rejected(file)).contains("laid among the packages by hand");
  }

  @Test
  void readsNoPromptFromOutsideOfThePackage() throws IOException {
    Files.writeString(data.resolve("secret.md"), "x");
    Files.writeString(place.resolve("own.md"), "x");
    Files.createSymbolicLink(place.resolve("link.md"), data.resolve("secret.md"));
    for (String prompt :
        List.of(
            "systemPrompt: ../../../secret.md",
            "systemPrompt: link.md",
            "systemPromptTemplate: {template: link.md}",
            "systemPrompt: " + data.resolve("secret.md"))) {
      assertThat(rejected(strategy("s.yaml", prompt)))
          .startsWith("The prompt file of agent \"a\" leads out of the package: ");
    }
    assertThat(check(strategy("s.yaml", "systemPrompt: own.md"))).isInstanceOf(Loaded.class);
    assertThat(check(strategy("s.yaml", "systemPrompt: be kind"))).isInstanceOf(Loaded.class);
  }

  @Test
  void writesNothingWhereNothingChanges() {
    approvals.keepOnly(List.of(RECEIPT));
    assertThat(data.resolve("package-approvals.json")).doesNotExist();
    approvals.approve(RECEIPT);
    approvals.keepOnly(List.of());
    assertThat(approvals.isApproved(RECEIPT)).isFalse();
    assertThat(data.resolve("package-approvals.json")).hasContent("{}");
  }

  private Path strategy(String name, String agent) throws IOException {
    return Files.writeString(
        place.resolve(name),
        """
        name: s
        version: '1'
        agents:
          a: { %s }
        flow: {type: sequential, name: f, steps: [{agent: a}]}
        """
            .formatted(agent.startsWith("type:") ? agent : "model: scripted/m, " + agent));
  }

  private LoadResult check(Path file) {
    return new StrategyLoader(data).check(file, LoadRequest.FILE_ONLY);
  }

  private String rejected(Path file) {
    return check(file) instanceof Rejected rejected ? rejected.message() : "it was loaded";
  }
}
