package com.commaagents.tools.search;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a Java regular expression says of all of itself at its beginning, and the rest of it.
///
/// Only flags that are understood are taken off: that case does not matter, and those for texts of
/// several lines, which make no difference in one.
record LeadingFlags(boolean anyCase, String rest) {
  private static final Pattern UNDERSTOOD = Pattern.compile("\\(\\?([ims]+)\\)");

  static LeadingFlags of(String expression) {
    Matcher flags = UNDERSTOOD.matcher(expression);
    return flags.lookingAt()
        ? new LeadingFlags(flags.group(1).contains("i"), expression.substring(flags.end()))
        : new LeadingFlags(false, expression);
  }
}
