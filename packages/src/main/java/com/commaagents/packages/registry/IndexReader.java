package com.commaagents.packages.registry;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.json.Json;
import com.commaagents.packages.registry.Index.Offer;
import com.commaagents.strategy.definition.Permissions;
import com.commaagents.strategy.definition.Permissions.Filesystem;
import com.commaagents.strategy.installed.PackageName;
import com.commaagents.strategy.installed.PackageReceipt;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;

/// Reads `index.json`. What is wrong in it is told with the field; nothing of a wrong index counts.
/// Fields that are not known are passed over, but in `permissions`.
///
/// Limits: [#MAX_PACKAGES]; [#MAX_VERSIONS] of each; [#MAX_DESCRIPTION] characters.
final class IndexReader {
  static final int MAX_PACKAGES = 2_000;
  static final int MAX_VERSIONS = 1_000;
  static final int MAX_DESCRIPTION = 300;

  private static final int MAX_ARCHIVE_NAME = 2_000;
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.+_-]{0,63}");
  private static final Set<String> PERMISSIONS =
      Set.of("network", "filesystem", "shell", "executesCode");

  private final String where;

  private IndexReader(String where) {
    this.where = where;
  }

  /// @param where for messages
  /// @throws Fault `UPSTREAM` that names the field that is wrong
  static Index read(byte[] json, String where) {
    try {
      JsonNode tree =
          Json.mapper()
              .readerFor(JsonNode.class)
              .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .readValue(json);
      return new IndexReader(where).index(new Field("", tree));
    } catch (JacksonException notJson) {
      var at = notJson.getLocation();
      throw new Fault(
          FaultCode.UPSTREAM,
          "The package index "
              + where
              + ":"
              + at.getLineNr()
              + ":"
              + at.getColumnNr()
              + ": this is not valid JSON, or has a field twice.",
          notJson);
    }
  }

  /// A value and where it stands.
  private record Field(String path, JsonNode node) {
    Field child(String name) {
      return new Field(path.isEmpty() ? name : path + "." + name, node.path(name));
    }
  }

  private Index index(Field top) {
    Field packages = object(top).child("packages");
    SortedMap<PackageName, Offer> offers = new TreeMap<>();
    for (String key : names(packages, MAX_PACKAGES, "packages")) {
      Field field = packages.child(key);
      PackageName name =
          PackageName.parse(key).orElseThrow(() -> wrong(field, PackageName.EXPECTED));
      offers.put(name, offer(name, object(field)));
    }
    return new Index(offers);
  }

  private Offer offer(PackageName name, Field field) {
    Field versions = field.child("versions");
    Map<String, Release> releases = new LinkedHashMap<>();
    for (String version : names(versions, MAX_VERSIONS, "versions")) {
      Field release = versions.child(version);
      if (!VERSION.matcher(version).matches()) {
        throw wrong(release, "a version such as 1.2.0, of A-Z a-z 0-9 . + _ -");
      }
      releases.put(version, release(name, version, object(release)));
    }
    Field latest = field.child("latest");
    return Optional.ofNullable(releases.get(text(latest)))
        .map(newest -> new Offer(newest, releases))
        .orElseThrow(() -> wrong(latest, "one of the versions"));
  }

  private Release release(PackageName name, String version, Field field) {
    Field archive = field.child("archive");
    if (text(archive).isBlank() || text(archive).length() > MAX_ARCHIVE_NAME) {
      throw wrong(archive, "an address or a relative path");
    }
    Field sha256 = field.child("sha256");
    String checksum = text(sha256).toLowerCase(Locale.ROOT);
    if (!PackageReceipt.isSha256(checksum)) {
      throw wrong(sha256, "64 hexadecimal digits");
    }
    return new Release(
        name,
        version,
        text(archive),
        checksum,
        size(field.child("size")),
        permissions(field.child("permissions")),
        description(field.child("description")));
  }

  private long size(Field field) {
    JsonNode node = field.node();
    if (!node.isIntegralNumber()
        || !node.canConvertToLong()
        || node.longValue() < 1
        || node.longValue() > Registry.MAX_ARCHIVE_BYTES) {
      throw wrong(field, "the bytes of the archive, 1 to " + Registry.MAX_ARCHIVE_BYTES);
    }
    return node.longValue();
  }

  private Optional<String> description(Field field) {
    if (field.node().isMissingNode()) {
      return Optional.empty();
    }
    String text = text(field);
    if (text.length() > MAX_DESCRIPTION) {
      throw wrong(field, "at most " + MAX_DESCRIPTION + " characters");
    }
    return Optional.of(text);
  }

  private Permissions permissions(Field field) {
    if (field.node().isMissingNode()) {
      return Permissions.NONE;
    }
    for (String name : object(field).node().propertyNames()) {
      if (!PERMISSIONS.contains(name)) {
        throw wrong(field.child(name), "one of network, filesystem, shell, executesCode");
      }
    }
    return new Permissions(
        flag(field.child("network")),
        filesystem(field.child("filesystem")),
        flag(field.child("shell")),
        flag(field.child("executesCode")));
  }

  private boolean flag(Field field) {
    if (!field.node().isMissingNode() && !field.node().isBoolean()) {
      throw wrong(field, "true or false");
    }
    return field.node().isBoolean() && field.node().booleanValue();
  }

  private Filesystem filesystem(Field field) {
    JsonNode node = field.node();
    if (node.isMissingNode()) {
      return Filesystem.NONE;
    }
    if (node.isBoolean()) {
      return node.booleanValue() ? Filesystem.WRITE : Filesystem.NONE;
    }
    String text = node.isString() ? node.stringValue() : "";
    return Arrays.stream(Filesystem.values())
        .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(() -> wrong(field, "none, read or write"));
  }

  private String text(Field field) {
    if (!field.node().isString()) {
      throw wrong(field, "a text");
    }
    return field.node().stringValue();
  }

  private Iterable<String> names(Field field, int most, String what) {
    if (object(field).node().size() > most) {
      throw wrong(field, "at most " + most + " " + what);
    }
    return field.node().propertyNames();
  }

  private Field object(Field field) {
    if (!field.node().isObject()) {
      throw wrong(field, "an object");
    }
    return field;
  }

  private Fault wrong(Field field, String expected) {
    return new Fault(
        FaultCode.UPSTREAM,
        "The package index "
            + where
            + " is wrong: "
            + (field.path().isEmpty() ? "" : cleaned(field.path()) + ": ")
            + "expected "
            + expected
            + ".");
  }

  /// A key may be anything, also what a terminal obeys.
  private static String cleaned(String path) {
    String plain = path.replaceAll("[^ -~]", "\uFFFD");
    return plain.length() <= MAX_DESCRIPTION ? plain : plain.substring(0, MAX_DESCRIPTION) + "…";
  }
}
