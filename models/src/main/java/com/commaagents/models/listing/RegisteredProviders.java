package com.commaagents.models.listing;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.json.Json;
import com.commaagents.base.file.SharedFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// The providers that are listed whether or not they have a credential: a private file with an
/// array of their ids. Thread-safe.
///
/// Limits: at most [#MAX_REGISTERED]; a file of more than [#MAX_BYTES] is refused.
public final class RegisteredProviders {
  static final int MAX_REGISTERED = 1_000;
  static final int MAX_BYTES = 1 << 20;

  private final SharedFile<List<String>> file;

  public RegisteredProviders(Path path) {
    file = new SharedFile<>(path, MAX_BYTES, List.of(), bytes -> read(path, bytes));
  }

  /// @throws Fault `INVALID_INPUT` when the file is malformed, which leaves it as it is;
  ///   `PERSISTENCE` when it cannot be read
  public List<String> ids() {
    return file.value();
  }

  /// Adds an id; it is on disk when this returns. One that is there already stays.
  ///
  /// @throws Fault as [#ids]; `LIMIT_EXCEEDED` when there are too many
  public void add(String providerId) {
    change(ids -> {
      if (ids.add(providerId) && ids.size() > MAX_REGISTERED) {
        throw new Fault(
            FaultCode.LIMIT_EXCEEDED,
            "there are "
                + MAX_REGISTERED
                + " registered providers already: unregister one of them first");
      }
    });
  }

  /// Takes an id away; one that is not there stays away.
  ///
  /// @throws Fault as [#ids]
  public void remove(String providerId) {
    change(ids -> ids.remove(providerId));
  }

  private void change(Consumer<Set<String>> edit) {
    file.change(before -> {
      Set<String> ids = new TreeSet<>(before);
      edit.accept(ids);
      ArrayNode array = Json.array();
      ids.forEach(array::add);
      return Json.writeBytes(array);
    });
  }

  private static List<String> read(Path path, byte[] bytes) {
    try {
      if (Json.mapper().readTree(bytes) instanceof ArrayNode array) {
        List<String> ids = new ArrayList<>();
        for (JsonNode item : array) {
          if (item.isString() && !item.stringValue().isBlank()) {
            ids.add(item.stringValue());
          }
        }
        if (ids.size() == array.size()) {
          return List.copyOf(ids);
        }
      }
    } catch (JacksonException notJson) {
      TokenStreamLocation at = notJson.getLocation();
      throw malformed(path + ":" + at.getLineNr() + ":" + at.getColumnNr());
    }
    throw malformed(path.toString());
  }

  private static Fault malformed(String place) {
    return new Fault(
        FaultCode.INVALID_INPUT,
        place + ": expected a JSON array of provider ids, such as [\"mine\"]");
  }
}
