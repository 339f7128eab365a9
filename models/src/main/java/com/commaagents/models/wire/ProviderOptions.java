package com.commaagents.models.wire;

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

  /// Sets in `body` what `all` holds for `provider`; what is there already is replaced.
  public static void merge(Map<String, JsonNode> all, String provider, ObjectNode body) {
    JsonNode options = all.get(provider);
    if (options == null || !options.isObject()) {
      return;
    }
    options.forEachEntry((name, value) -> {
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
