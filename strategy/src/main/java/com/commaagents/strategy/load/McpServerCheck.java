package com.commaagents.strategy.load;

import java.util.List;
import java.util.Optional;

/// Checks the definition of an MCP server. Its values may be secret: none is ever shown.
final class McpServerCheck {
  private static final List<String> TRANSPORTS = List.of("stdio", "http", "sse");
  private static final List<String> STDIO_FIELDS =
      List.of("transport", "command", "args", "cwd", "env", "enabledByDefault");
  private static final List<String> REMOTE_FIELDS =
      List.of("transport", "url", "headers", "enabledByDefault");

  private McpServerCheck() {}

  static void check(Spot spot) {
    spot.section().ifPresent(McpServerCheck::check);
  }

  private static void check(Section section) {
    Optional<String> transport =
        section
            .require("transport", "stdio, http or sse")
            .flatMap(spot -> spot.choice(TRANSPORTS, "transport"));
    section.find("enabledByDefault").ifPresent(Spot::flag);
    transport.ifPresent(known -> {
      if (known.equals("stdio")) {
        stdio(section);
      } else {
        remote(section);
      }
    });
  }

  private static void stdio(Section section) {
    section.allowOnly(STDIO_FIELDS);
    section.require("command", "text or {env}").ifPresent(McpServerCheck::value);
    section.find("args").ifPresent(spot -> spot.items().forEach(McpServerCheck::value));
    section.find("cwd").ifPresent(McpServerCheck::value);
    section.find("env").ifPresent(McpServerCheck::values);
  }

  private static void remote(Section section) {
    section.allowOnly(REMOTE_FIELDS);
    section.require("url", "text or {env}").ifPresent(McpServerCheck::value);
    section.find("headers").ifPresent(McpServerCheck::values);
  }

  private static void values(Spot spot) {
    spot.section().ifPresent(section -> section.forEach((_, value) -> value(value)));
  }

  private static void value(Spot spot) {
    if (!spot.isObject()) {
      spot.text("text, or {env} with the name of an environment variable");
      return;
    }
    spot.section()
        .ifPresent(section -> {
          section.allowOnly(List.of("env"));
          section.require("env", "the name of an environment variable").ifPresent(Spot::filledText);
        });
  }
}
