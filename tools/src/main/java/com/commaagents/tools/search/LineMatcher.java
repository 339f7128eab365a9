package com.commaagents.tools.search;

import com.commaagents.base.time.Clock;
import com.commaagents.tools.failure.ErrorKind;
import com.commaagents.tools.failure.Printable;
import com.commaagents.tools.failure.ToolError;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Whether a line is one that is looked for.
sealed interface LineMatcher {
  /// The longest line that is looked at; the rest of a longer one is not seen by an expression.
  int MAX_LINE = 20_000;

  boolean finds(String line, Clock clock, long deadlineNanos);

  record Literal(String query) implements LineMatcher {
    @Override
    public boolean finds(String line, Clock clock, long deadlineNanos) {
      return line.contains(query);
    }
  }

  record Expression(Pattern pattern) implements LineMatcher {
    @Override
    public boolean finds(String line, Clock clock, long deadlineNanos) {
      String bounded = line.length() <= MAX_LINE ? line : line.substring(0, MAX_LINE);
      try {
        return pattern.matcher(new BoundedText(bounded, clock, deadlineNanos)).find();
      } catch (StackOverflowError tooDeep) {
        // Java's expressions recurse over repeated groups; for the user it is as a deadline.
        throw new BoundedText.Stopped();
      }
    }
  }

  /// @throws ToolError UNKNOWN when an expression is none
  static LineMatcher of(String mode, String query) throws ToolError {
    if (!mode.equals("regex")) {
      return new Literal(query);
    }
    try {
      return new Expression(Pattern.compile(query));
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
}
