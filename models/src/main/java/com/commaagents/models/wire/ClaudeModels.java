package com.commaagents.models.wire;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// In what Anthropic's models differ, by the version in their names: the names are the same, but
/// for what stands around them, wherever they are called.
///
/// Source: Anthropic, "Structured outputs", "Preserved thinking", and the migration guides up to
/// Claude Sonnet 5.5.
public final class ClaudeModels {
  /// Lets a request say what happens to thinking that is bound to another conversation.
  public static final String BINDING_BETA = "thinking-binding-controls-2026-08-01";

  private static final Pattern NAME =
      Pattern.compile("claude-(?:[a-z]+-)?(?:(\\d{1,2})(?:[-.](\\d{1,2}))?(?!\\d))?.*");
  private static final int UNKNOWN = -1;

  private ClaudeModels() {}

  /// Whether a model enforces a schema of its answer.
  public static boolean enforceSchema(String model) {
    return version(model) >= 405;
  }

  /// Whether a model may think without being told to, and then must not be forced to call a tool.
  public static boolean mayThinkUntold(String model) {
    int version = version(model);
    return version >= 500 || (version == UNKNOWN && model.contains("claude-"));
  }

  /// Whether a model's thinking is bound to all that was sent before it: where that has changed,
  /// the request is refused unless it says otherwise.
  public static boolean bindThinking(String model) {
    return version(model) > 500;
  }

  /// Has the API leave thinking out that is bound to another conversation, instead of refusing the
  /// request: what was sent before it may have changed since, as by a summary of it.
  ///
  /// @param options with a field `thinking`, or without
  public static void unbindThinking(ObjectNode options) {
    ObjectNode thinking = options.withObject("thinking");
    if (!thinking.has("type")) {
      thinking.put("type", "adaptive");
    }
    if (!thinking.has("block_binding")) {
      thinking.putObject("block_binding").put("prefix_mismatch_behavior", "drop_block");
    }
  }

  // Of version 4.5 it is 405.
  private static int version(String model) {
    Matcher name = NAME.matcher(model.substring(Math.max(0, model.indexOf("claude-"))));
    if (!name.matches() || name.group(1) == null) {
      return UNKNOWN;
    }
    int minor = name.group(2) == null ? 0 : Integer.parseInt(name.group(2));
    return Integer.parseInt(name.group(1)) * 100 + minor;
  }
}
