package com.commaagents.models.wire;

import com.commaagents.base.json.Json;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Merges the `providerOptions` of a strategy into a request's body.
///
/// Strategy files spell option names in camel case (`reasoningEffort`) as well as in the provider's
/// own snake case; the request gets the latter. Only the names at the top are respelled: what is
/// deeper may be somebody's data. `thinking` is the one exception, whose budget is an option too.
///
/// Source: the option names of the Vercel AI SDK's providers, which strategy files use.
public final class ProviderOptions {
  private static final Pattern CAPITAL = Pattern.compile("(?<=[a-z0-9])[A-Z]");

  private ProviderOptions() {}

  /// What a strategy says for `provider`, in its own spelling; an empty object where it says
  /// nothing.
  public static ObjectNode of(Map<String, JsonNode> all, String provider) {
    return all.get(provider) instanceof ObjectNode options ? options.deepCopy() : Json.object();
  }

  /// Puts `from` into `into`: objects that both have are merged, anything else is replaced.
  public static void mergeDeep(ObjectNode from, ObjectNode into) {
    from.forEachEntry((name, value) -> {
      if (value instanceof ObjectNode inner && into.path(name) instanceof ObjectNode known) {
        mergeDeep(inner, known);
      } else {
        into.set(name, value);
      }
    });
  }

  /// Sets in `body` what `all` holds for `provider`; what is there already is replaced.
  public static void merge(Map<String, JsonNode> all, String provider, ObjectNode body) {
    of(all, provider)
        .forEachEntry((name, value) -> {
          boolean nested = name.equals("thinking") && value instanceof ObjectNode;
          body.set(snakeCase(name), nested ? respelled((ObjectNode) value) : value);
        });
  }

  private static ObjectNode respelled(ObjectNode options) {
    ObjectNode result = options.objectNode();
    options.forEachEntry((name, value) -> result.set(snakeCase(name), value));
    return result;
  }

  private static String snakeCase(String name) {
    return CAPITAL
        .matcher(name)
        .replaceAll(capital -> "_" + capital.group().toLowerCase(Locale.ROOT));
  }
}
