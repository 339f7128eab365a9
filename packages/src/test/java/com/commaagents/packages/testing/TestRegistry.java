package com.commaagents.packages.testing;

import com.commaagents.base.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.databind.node.ObjectNode;

/// A registry in a folder.
public final class TestRegistry {
  private final Path folder;
  private final ObjectNode index = Json.object();

  public TestRegistry(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    index.putObject("packages");
    write();
  }

  public Path folder() {
    return folder;
  }

  /// Publishes a package with the one strategy `main`, of which it is the newest version.
  ///
  /// @param permissions of manifest and index
  /// @param tool of its agent
  public ObjectNode publish(String name, String version, String permissions, String tool)
      throws IOException {
    return publish(name, version, permissions, project(name, version, permissions, tool));
  }

  /// As [#publish], of any archive; the fields in the index may still be changed before [#write].
  public ObjectNode publish(String name, String version, String permissions, ZipBytes zip)
      throws IOException {
    byte[] bytes = zip.bytes();
    String file = name.replaceAll("[@/]", "") + "-" + version + ".zip";
    Files.write(folder.resolve(file), bytes);
    ObjectNode offer = index.withObjectProperty("packages").withObjectProperty(name);
    ObjectNode release =
        offer
            .withObjectProperty("versions")
            .putObject(version)
            .put("archive", file)
            .put("sha256", sha256(bytes))
            .put("size", bytes.length)
            .put("description", "Version " + version);
    release.set("permissions", Json.parse(permissions).orElseThrow());
    offer.put("latest", version);
    write();
    return release;
  }

  public void write() throws IOException {
    Files.write(folder.resolve("index.json"), Json.writeBytes(index));
  }

  public static ZipBytes project(String name, String version, String permissions, String tool) {
    return new ZipBytes()
        .add("comma-project.json", manifest(name, version, permissions))
        .add("strategies/", "")
        .add("strategies/main.json", strategy(tool));
  }

  public static String manifest(String name, String version, String permissions) {
    return "{\"name\":\"%s\",\"version\":\"%s\",\"permissions\":%s,\"strategies\":{\"main\":{\"path\":\"strategies/main.json\"}}}"
        .formatted(name, version, permissions);
  }

  /// @param tool empty: none
  public static String strategy(String tool) {
    return "{\"name\":\"main\",\"version\":\"1\",\"agents\":{\"a\":{\"model\":\"scripted/m\",\"tools\":[%s]}},\"flow\":{\"type\":\"sequential\",\"name\":\"f\",\"steps\":[{\"agent\":\"a\"}]}}"
        .formatted(tool.isEmpty() ? "" : '"' + tool + '"');
  }

  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
