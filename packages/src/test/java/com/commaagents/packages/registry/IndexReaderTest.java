package com.commaagents.packages.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.json.Json;
import com.commaagents.packages.registry.Index.Offer;
import com.commaagents.strategy.definition.Permissions;
import com.commaagents.strategy.definition.Permissions.Filesystem;
import com.commaagents.strategy.installed.PackageName;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

final class IndexReaderTest {
  private static final String SHA = "0123456789abcdef".repeat(4);
  private static final PackageName NAME = new PackageName("a", "b");

  @Test
  void readsAllThereIs() {
    String json =
        """
        {"packages": {"@a/b": {"latest": "1.1", "more": 1, "versions": {
          "1.0": {"archive": "b-1.0.zip", "sha256": "%s", "size": 67108864, "other": []},
          "1.1": {"archive": "https://x.example/b.zip", "sha256": "%s", "size": 1,
                  "description": "What it is",
                  "permissions": {"network": true, "filesystem": "read", "shell": false,
                                  "executesCode": true}}}}}}
        """
            .formatted(SHA.toUpperCase(Locale.ROOT), SHA);
    Release old =
        new Release(NAME, "1.0", "b-1.0.zip", SHA, 64 << 20, Permissions.NONE, Optional.empty());
    Release newest =
        new Release(
            NAME,
            "1.1",
            "https://x.example/b.zip",
            SHA,
            1,
            new Permissions(true, Filesystem.READ, false, true),
            Optional.of("What it is"));
    assertThat(read(json))
        .isEqualTo(
            new Index(
                new TreeMap<>(Map.of(NAME, new Offer(newest, Map.of("1.0", old, "1.1", newest))))));
    assertThat(read("{\"packages\": {}}").latest()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/packages | 1 | packages: expected an object",
        "/packages/@a~1b | [] | packages.@a/b: expected an object",
        "/packages/@A~1b | {} | packages.@A/b: expected a name such as @scope/name",
        "/packages/@a~1.. | {} | packages.@a/..: expected a name such as @scope/name",
        "/packages/@a~1b/latest | '\"2\"' | packages.@a/b.latest: expected one of the versions",
        "/packages/@a~1b/latest | 1 | packages.@a/b.latest: expected a text",
        "/packages/@a~1b/versions | null | packages.@a/b.versions: expected an object",
        "/packages/@a~1b/versions/.. | {} | packages.@a/b.versions...: expected a version such as",
        "/packages/@a~1b/versions/1/archive | '\" \"' | .1.archive: expected an address or a",
        "/packages/@a~1b/versions/1/sha256 | '\"ab\"' | .1.sha256: expected 64 hexadecimal digits",
        "/packages/@a~1b/versions/1/size | 0 | .1.size: expected the bytes of the archive",
        "/packages/@a~1b/versions/1/size | 67108865 | .1.size: expected the bytes of the archive",
        "/packages/@a~1b/versions/1/size | '\"1\"' | .1.size: expected the bytes of the archive",
        "/packages/@a~1b/versions/1/description | 1 | .1.description: expected a text",
        "/packages/@a~1b/versions/1/permissions | 1 | .1.permissions: expected an object",
        "/packages/@a~1b/versions/1/permissions | '{\"x\":1}' | .1.permissions.x: expected one of",
        "/packages/@a~1b/versions/1/permissions | '{\"shell\":1}' | shell: expected true or false",
        "/packages/@a~1b/versions/1/permissions | '{\"filesystem\":\"all\"}' | expected none, read"
      })
  void namesTheFieldThatIsWrong(String pointer, String value, String message) {
    ObjectNode json = valid();
    int slash = pointer.lastIndexOf('/');
    String field = pointer.substring(slash + 1).replace("~1", "/");
    ((ObjectNode) json.at(pointer.substring(0, slash)))
        .set(field, Json.parse(value.strip()).orElseThrow());
    refuses(Json.write(json), message.strip());
  }

  @Test
  void refusesWhatIsNoJsonOrSaysAFieldTwice() {
    refuses("{\n\"packages\"", "index:2:");
    refuses("[]", "is wrong: expected an object");
    refuses("{}", "packages: expected an object");
    refuses("{\"packages\":{},\"packages\":{}}", "has a field twice");
  }

  @Test
  void neverShowsWhatATerminalWouldObey() {
    ObjectNode json = valid();
    json.withObjectProperty("packages").putObject("@a/\u001b[2J" + "x".repeat(1_000));
    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> read(Json.write(json)))
        .satisfies(fault -> assertThat(fault.message()).matches("[ -~\uFFFD…]{1,600}"));
  }

  @Test
  void holdsPackagesVersionsAndDescriptionsToTheirNumber() {
    ObjectNode json = valid();
    ObjectNode packages = json.withObjectProperty("packages");
    for (int i = 1; i < IndexReader.MAX_PACKAGES; i++) {
      packages.set("@a/p" + i, packages.path("@a/b"));
    }
    assertThat(read(Json.write(json)).packages()).hasSize(IndexReader.MAX_PACKAGES);
    packages.set("@a/more", packages.path("@a/b"));
    refuses(Json.write(json), "packages: expected at most 2000 packages");

    ObjectNode versions = (ObjectNode) valid().at("/packages/@a~1b/versions");
    ObjectNode release = (ObjectNode) versions.path("1");
    release.put("description", "x".repeat(IndexReader.MAX_DESCRIPTION));
    for (int i = 2; i <= IndexReader.MAX_VERSIONS; i++) {
      versions.set(String.valueOf(i), release);
    }
    ObjectNode whole = valid();
    ((ObjectNode) whole.at("/packages/@a~1b")).set("versions", versions);
    assertThat(read(Json.write(whole)).packages().values())
        .allSatisfy(offer -> assertThat(offer.versions()).hasSize(IndexReader.MAX_VERSIONS));
    versions.set("0", release);
    refuses(Json.write(whole), "versions: expected at most 1000 versions");
    versions.remove("0");
    release.put("description", "x".repeat(IndexReader.MAX_DESCRIPTION + 1));
    refuses(Json.write(whole), ".1.description: expected at most 300 characters");
  }

  private static ObjectNode valid() {
    ObjectNode json = Json.object();
    ObjectNode offer = json.putObject("packages").putObject("@a/b").put("latest", "1");
    offer
        .putObject("versions")
        .putObject("1")
        .put("archive", "b.zip")
        .put("sha256", SHA)
        .put("size", 1);
    return json;
  }

  private static Index read(String json) {
    return IndexReader.read(json.getBytes(UTF_8), "index");
  }

  private static void refuses(String json, String message) {
    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> read(json))
        .withMessageContaining(message)
        .satisfies(fault -> assertThat(fault.code()).isEqualTo(FaultCode.UPSTREAM));
  }
}
