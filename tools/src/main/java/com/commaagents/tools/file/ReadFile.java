package com.commaagents.tools.file;

import com.commaagents.engine.tool.ToolCallContext;
import com.commaagents.engine.tool.ToolSession.Mode;
import com.commaagents.tools.call.Action;
import com.commaagents.tools.call.Arguments;
import com.commaagents.tools.disk.Content;
import com.commaagents.tools.disk.Directory;
import com.commaagents.tools.disk.TextFile;
import com.commaagents.tools.failure.ErrorKind;
import com.commaagents.tools.failure.ToolError;
import com.commaagents.tools.guard.Guard;
import com.commaagents.tools.guard.Resolved;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/// Reads a file, or some lines of it, with what is needed to change it afterwards.
///
/// Source: how lines are counted (newlines plus one) is as in the public daemon.
final class ReadFile implements Action {
  static final int MOST_BYTES = 4 << 20;
  private static final int USUAL_BYTES = 262_144;

  private final Guard guard;

  ReadFile(Guard guard) {
    this.guard = guard;
  }

  @Override
  public String run(Arguments arguments, ToolCallContext context)
      throws ToolError, IOException, InterruptedException {
    Resolved file = guard.admit(arguments.text("path"), Mode.READ, context);
    Content content;
    try (Directory directory = Directory.open(file.folder())) {
      content = Content.read(directory, file.name());
    }
    int maxBytes = arguments.integer("maxBytes", USUAL_BYTES);
    if (!TextFile.isBinary(content.bytes())) {
      return text(file, content, arguments, maxBytes);
    }
    if (!arguments.flag("allowBinary")) {
      throw new ToolError(
          ErrorKind.BINARY_FILE,
          file.shown() + " is a binary file",
          "set allowBinary to get base64, or examine it with run_command.");
    }
    return base64(file, content, maxBytes);
  }

  private static String text(Resolved file, Content content, Arguments arguments, int maxBytes)
      throws ToolError {
    String all = new String(content.bytes(), StandardCharsets.UTF_8);
    int count = 1 + (int) all.chars().filter(c -> c == '\n').count();
    int first = arguments.integer("startLine", 1);
    int last = Math.min(count, arguments.integer("endLine", count));
    if (first > last) {
      throw new ToolError(
          ErrorKind.UNKNOWN,
          file.shown() + " has " + count + " lines; lines " + first + "-" + last + " are none",
          "ask for lines between 1 and " + count + ".");
    }
    String lines = lines(all, first, last);
    String shown = cut(lines, maxBytes);
    boolean truncated = shown.length() < lines.length();
    StringBuilder head = head(file);
    head.append("lines ").append(first).append('-').append(last).append(" of ").append(count);
    head.append(facts(content)).append(", newlines ").append(TextFile.style(all).label());
    if (TextFile.decode(content.bytes()).isEmpty()) {
      head.append(", not UTF-8: characters that are none are shown as \uFFFD");
    }
    if (truncated) {
      int shownLines = (int) shown.chars().filter(c -> c == '\n').count();
      head.append(", truncated at ").append(maxBytes).append(" bytes: ");
      head.append(
          shownLines > 0 ? "read on with startLine " + (first + shownLines) : longer(first));
    }
    return head.append("\n\n").append(shown).toString();
  }

  // To read on with the same line would show the same again.
  private static String longer(int line) {
    return "line "
        + line
        + " is longer than that; set maxBytes (at most "
        + MOST_BYTES
        + "), or cut it with run_command, for example with cut -c";
  }

  private static StringBuilder head(Resolved file) {
    return new StringBuilder("Read ").append(file.shown()).append(" — ");
  }

  private static String facts(Content content) {
    return ", " + content.bytes().length + " bytes, sha256=" + content.sha256();
  }

  private static String lines(String all, int first, int last) {
    int start = 0;
    for (int line = 1; line < first; line++) {
      start = all.indexOf('\n', start) + 1;
    }
    int end = start;
    for (int line = first; line <= last; line++) {
      int newline = all.indexOf('\n', end);
      end = newline < 0 ? all.length() : newline + (line == last ? 0 : 1);
    }
    return all.substring(start, end);
  }

  private static String cut(String text, int maxBytes) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= maxBytes) {
      return text;
    }
    int end = maxBytes;
    // A character is shown whole or not at all: its later bytes begin with 10.
    while (end > 0 && (bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  private static String base64(Resolved file, Content content, int maxBytes) {
    int wanted = Math.min(content.bytes().length, maxBytes);
    boolean truncated = wanted < content.bytes().length;
    return head(file)
        + "binary"
        + facts(content)
        + (truncated ? ", truncated at " + wanted + " bytes" : "")
        + ", as base64\n\n"
        + Base64.getEncoder().encodeToString(Arrays.copyOf(content.bytes(), wanted));
  }
}
