package com.commaagents.strategy.installed;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.file.SharedFile;
import com.commaagents.base.json.Json;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Whose code the owner lets run: names of packages, each with the checksums of the archives that
/// were approved. Another checksum is another package. A private file; thread-safe.
///
/// Limit: a file of more than [#MAX_BYTES] is refused.
public final class CodeApprovals {
  /// What the file in the data folder is called.
  public static final String FILE_NAME = "package-approvals.json";

  static final int MAX_BYTES = 1 << 20;

  private final SharedFile<Map<String, Set<String>>> file;

  public CodeApprovals(Path dataFolder) {
    Path path = dataFolder.resolve(FILE_NAME);
    file = new SharedFile<>(path, MAX_BYTES, Map.of(), bytes -> read(path, bytes));
  }

  /// @throws Fault `INVALID_INPUT` when the file is malformed, which leaves it as it is;
  ///   `LIMIT_EXCEEDED`, `PERSISTENCE` when it cannot be read
  public boolean isApproved(PackageReceipt receipt) {
    return file.value()
        .getOrDefault(receipt.name().toString(), Set.of())
        .contains(receipt.sha256());
  }

  /// Remembers; it is on disk when this returns.
  ///
  /// @throws Fault as [#isApproved], and `PERSISTENCE` when it cannot be written
  public void approve(PackageReceipt receipt) {
    if (isApproved(receipt)) {
      return;
    }
    file.change(before -> {
      Map<String, Set<String>> after = new TreeMap<>(before);
      Set<String> checksums =
          new TreeSet<>(before.getOrDefault(receipt.name().toString(), Set.of()));
      checksums.add(receipt.sha256());
      after.put(receipt.name().toString(), checksums);
      return written(after);
    });
  }

  /// Forgets all but those of what is installed.
  ///
  /// @throws Fault as [#approve]
  public void keepOnly(Collection<PackageReceipt> installed) {
    Map<String, String> kept = checksums(installed);
    if (!only(file.value(), kept).equals(file.value())) {
      file.change(before -> written(only(before, kept)));
    }
  }

  /// The names of packages whose approvals [#keepOnly] would forget.
  ///
  /// @throws Fault as [#isApproved]
  public Set<String> unusedBy(Collection<PackageReceipt> installed) {
    Map<String, Set<String>> approved = file.value();
    Map<String, Set<String>> left = only(approved, checksums(installed));
    return approved.entrySet().stream()
        .filter(entry -> !entry.getValue().equals(left.get(entry.getKey())))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, String> checksums(Collection<PackageReceipt> installed) {
    return installed.stream()
        .collect(Collectors.toMap(one -> one.name().toString(), PackageReceipt::sha256));
  }

  private static Map<String, Set<String>> only(
      Map<String, Set<String>> approved, Map<String, String> kept) {
    Map<String, Set<String>> left = new HashMap<>();
    kept.forEach((name, sha256) -> {
      if (approved.getOrDefault(name, Set.of()).contains(sha256)) {
        left.put(name, Set.of(sha256));
      }
    });
    return left;
  }

  private static byte[] written(Map<String, Set<String>> approved) {
    ObjectNode json = Json.object();
    new TreeMap<>(approved)
        .forEach((name, checksums) -> {
          ArrayNode list = json.putArray(name);
          new TreeSet<>(checksums).forEach(list::add);
        });
    return Json.writeBytes(json);
  }

  private static Map<String, Set<String>> read(Path path, byte[] bytes) {
    JsonNode json = Json.parse(bytes).filter(JsonNode::isObject).orElseThrow(() -> wrong(path));
    Map<String, Set<String>> approved = new HashMap<>();
    json.properties()
        .forEach(entry -> {
          Set<String> checksums = new TreeSet<>();
          for (JsonNode item : entry.getValue()) {
            if (!item.isString() || !PackageReceipt.isSha256(item.stringValue())) {
              throw wrong(path);
            }
            checksums.add(item.stringValue());
          }
          approved.put(entry.getKey(), Set.copyOf(checksums));
        });
    return Map.copyOf(approved);
  }

  private static Fault wrong(Path path) {
    return new Fault(
        FaultCode.INVALID_INPUT,
        path
            + ": expected a JSON object of package names, each with a list of checksums. Mend it, or"
            + " delete it and approve the packages anew.");
  }
}
