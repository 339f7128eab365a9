package com.commaagents.tools.search;

import com.commaagents.tools.disk.FileBytes;
import com.commaagents.tools.failure.ErrorKind;
import com.commaagents.tools.failure.Printable;
import com.commaagents.tools.failure.ToolError;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// What is looked for in lines. Most files are ruled out by their bytes alone, without being made
/// into text and lines.
///
/// An expression looks at [#MAX_LINE] characters of a line; the rest of a longer one is not seen.
/// Thread-safe.
sealed interface Needle {
  int MAX_LINE = 20_000;

  /// Whether it could be in a file with these bytes; never false for a file that has it.
  boolean mayBeIn(FileBytes content);

  /// Whether a line of a text has it.
  boolean isIn(String content);

  boolean isInLine(String line);

  /// @throws ToolError UNKNOWN when an expression is none
  static Needle of(String mode, String query, TimeLimit time) throws ToolError {
    if (!mode.equals("regex")) {
      return new Literal(query, Literals.of(query), time);
    }
    try {
      return new Expression(
          Pattern.compile(query),
          Literals.inAnyMatchOf(query),
          WiderExpression.of(query).flatMap(wider -> ByteAutomaton.of(wider, time)),
          time);
    } catch (PatternSyntaxException wrong) {
      throw new ToolError(
          ErrorKind.UNKNOWN,
          "This is no regular expression: "
              + Printable.name(query)
              + " ("
              + wrong.getDescription()
              + ")",
          "correct it, or use mode text to look for it as it is.");
    }
  }

  /// A text, exactly.
  record Literal(String query, Literals literals, TimeLimit time) implements Needle {
    @Override
    public boolean mayBeIn(FileBytes content) {
      time.check();
      return literals.mayBeIn(content);
    }

    @Override
    public boolean isIn(String content) {
      return content.contains(query);
    }

    @Override
    public boolean isInLine(String line) {
      return line.contains(query);
    }
  }

  /// A Java regular expression.
  record Expression(
      Pattern pattern, Literals literals, Optional<ByteAutomaton> automaton, TimeLimit time)
      implements Needle {
    @Override
    public boolean mayBeIn(FileBytes content) {
      time.check();
      return literals.mayBeIn(content)
          && automaton.map(within -> within.mayBeIn(content)).orElse(true);
    }

    // One matcher over the whole text, held to one line after the other: its bounds are to the
    // expression what the ends of a text of its own are, and no line is copied.
    @Override
    public boolean isIn(String content) {
      Matcher matcher = pattern.matcher(new BoundedText(content, time));
      int start = 0;
      while (start < content.length()) {
        int end = endOfLine(content, start);
        if (finds(matcher.region(start, Math.min(end, start + MAX_LINE)))) {
          return true;
        }
        boolean pair = content.startsWith("\r\n", end);
        start = end + (pair ? 2 : 1);
      }
      return false;
    }

    private static int endOfLine(String content, int start) {
      int end = start;
      while (end < content.length() && content.charAt(end) != '\n' && content.charAt(end) != '\r') {
        end++;
      }
      return end;
    }

    @Override
    public boolean isInLine(String line) {
      String bounded = line.length() <= MAX_LINE ? line : line.substring(0, MAX_LINE);
      return finds(pattern.matcher(new BoundedText(bounded, time)));
    }

    private static boolean finds(Matcher matcher) {
      try {
        return matcher.find();
      } catch (StackOverflowError tooDeep) {
        // Java's expressions recurse over repeated groups; for the user it is as a deadline.
        throw new TimeLimit.Stopped();
      }
    }
  }
}
