package com.commaagents.strategy.installed;

import com.commaagents.base.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What was installed: lies in the package's folder, so that the two can only move together. No
/// archive may bring one.
///
/// Limit: a file of more than [#MAX_BYTES] is none.
///
/// @param sha256 of the archive, in lower case
/// @param content of what was unpacked, the same way; earlier installations did not note it
/// @param pinned whether it stays at this version until somebody asks for another
public record PackageReceipt(
    PackageName name, String version, String sha256, Optional<String> content, boolean pinned) {
  /// What it is called.
  public static final String FILE_NAME = ".comma-package.json";

  static final int MAX_BYTES = 4_096;

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  public PackageReceipt {
    if (!isSha256(sha256) || !content.map(PackageReceipt::isSha256).orElse(true)) {
      throw new IllegalArgumentException("not a SHA-256 in lower case");
    }
  }

  /// Of an archive whose content is not noted.
  public PackageReceipt(PackageName name, String version, String sha256) {
    this(name, version, sha256, Optional.empty(), false);
  }

  public PackageReceipt withContent(String checksum) {
    return new PackageReceipt(name, version, sha256, Optional.of(checksum), pinned);
  }

  public PackageReceipt withPin(boolean pinnedNow) {
    return new PackageReceipt(name, version, sha256, content, pinnedNow);
  }

  /// Whether both are of one archive.
  public boolean isOfSameArchive(PackageReceipt other) {
    return name.equals(other.name) && version.equals(other.version) && sha256.equals(other.sha256);
  }

  public static boolean isSha256(String text) {
    return SHA256.matcher(text).matches();
  }

  /// The one in a package's folder; empty where there is none, or none that can be read.
  public static Optional<PackageReceipt> in(Path folder) {
    Path file = folder.resolve(FILE_NAME);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (InputStream content = Files.newInputStream(file)) {
      byte[] bytes = content.readNBytes(MAX_BYTES + 1);
      return bytes.length > MAX_BYTES
          ? Optional.empty()
          : Json.parse(bytes).flatMap(PackageReceipt::read);
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static Optional<PackageReceipt> read(JsonNode json) {
    Optional<PackageName> name = Json.text(json, "name").flatMap(PackageName::parse);
    Optional<String> version = Json.text(json, "version");
    Optional<String> sha256 = Json.text(json, "sha256").filter(PackageReceipt::isSha256);
    return name.isPresent() && version.isPresent() && sha256.isPresent()
        ? Optional.of(
            new PackageReceipt(
                name.get(),
                version.get(),
                sha256.get(),
                Json.text(json, "content").filter(PackageReceipt::isSha256),
                json.path("pinned").asBoolean(false)))
        : Optional.empty();
  }

  public byte[] json() {
    ObjectNode json =
        Json.object().put("name", name.toString()).put("version", version).put("sha256", sha256);
    content.ifPresent(checksum -> json.put("content", checksum));
    if (pinned) {
      json.put("pinned", true);
    }
    return Json.writeBytes(json);
  }
}
