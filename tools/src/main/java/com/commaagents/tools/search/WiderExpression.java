package com.commaagents.tools.search;

import com.commaagents.tools.search.BytePattern.Choice;
import com.commaagents.tools.search.BytePattern.Sequence;
import com.commaagents.tools.search.BytePattern.Times;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Reads a Java regular expression and makes of it one over bytes that finds something in every
/// file in whose text the Java expression does, and perhaps in others.
///
/// What only says something of a place is left out, and so is what makes a repetition lazy or
/// possessive. Which characters of ASCII a set takes is asked of Java; any other character, or what
/// bytes that are no UTF-8 come out as, is one to four bytes from 0x80 on. Where something stands
/// that is not known here there is no wider expression. INVARIANT: it is never narrower.
///
/// Limit: [#MAX_DEPTH] groups in each other; with more there is none.
final class WiderExpression {
  static final int MAX_DEPTH = 50;

  private static final String ANY_CASE = "(?i)";
  private static final char REPLACEMENT = '\uFFFD';
  // Escapes that take one character: of ASCII only, or perhaps others.
  private static final String OF_ASCII = "dwstnrfae";
  private static final String OF_ANY = "DWShHvV";
  private static final String PLACES = "BAZzG";

  private final String expression;
  private final boolean anyCase;
  private int at;

  private WiderExpression(String expression, boolean anyCase) {
    this.expression = expression;
    this.anyCase = anyCase;
  }

  /// For an expression that is valid; empty where none is certain, or it would fit everywhere.
  static Optional<BytePattern> of(String java) {
    LeadingFlags flags = LeadingFlags.of(java);
    try {
      BytePattern all = new WiderExpression(flags.rest(), flags.anyCase()).all();
      return all.mayBeEmpty() ? Optional.empty() : Optional.of(all);
    } catch (Unknown notUnderstood) {
      return Optional.empty();
    }
  }

  /// The expression holds something that is not understood here.
  private static final class Unknown extends Exception {
    Unknown() {
      super("not understood", null, false, false);
    }
  }

  private BytePattern all() throws Unknown {
    BytePattern all = alternatives(0);
    if (at < expression.length()) {
      throw new Unknown();
    }
    return all;
  }

  private BytePattern alternatives(int depth) throws Unknown {
    if (depth > MAX_DEPTH) {
      throw new Unknown();
    }
    List<BytePattern> all = new ArrayList<>(List.of(sequence(depth)));
    while (isNext("|")) {
      at++;
      all.add(sequence(depth));
    }
    return all.size() == 1 ? all.getFirst() : new Choice(all);
  }

  private BytePattern sequence(int depth) throws Unknown {
    List<BytePattern> all = new ArrayList<>();
    while (at < expression.length() && !isNext("|") && !isNext(")")) {
      BytePattern item = item(depth);
      if (!item.equals(Sequence.NOTHING)) {
        all.add(item);
      }
    }
    return new Sequence(all);
  }

  private BytePattern item(int depth) throws Unknown {
    int start = at;
    int c = next();
    return switch (c) {
      case '(' -> group(depth);
      case '[' -> {
        boolean asciiOnly = passSet();
        yield taken(start, !asciiOnly);
      }
      case '.' -> taken(start, true);
      case '^', '$' -> place();
      case '\\' -> escape(start);
      case '?', '*', '+', '{' -> throw new Unknown();
      default -> literal(c);
    };
  }

  private BytePattern group(int depth) throws Unknown {
    boolean looksAround = isNext("?") && passKindOfGroup();
    BytePattern inside = alternatives(depth + 1);
    if (next() != ')') {
      throw new Unknown();
    }
    return looksAround ? place() : inside.repeated(times());
  }

  // Returns whether the group only looks at what is before or behind a place.
  private boolean passKindOfGroup() throws Unknown {
    for (String kind : new String[] {"?=", "?!", "?<=", "?<!", "?:", "?>"}) {
      if (isNext(kind)) {
        at += kind.length();
        return !kind.equals("?:") && !kind.equals("?>");
      }
    }
    // A name; or flags, which change what the rest means.
    if (!isNext("?<")) {
      throw new Unknown();
    }
    at = indexOf('>') + 1;
    return false;
  }

  private BytePattern place() throws Unknown {
    times();
    return Sequence.NOTHING;
  }

  private BytePattern escape(int start) throws Unknown {
    int c = next();
    if (c == 'b' && isNext("{")) {
      throw new Unknown();
    }
    if (c == 'b' || PLACES.indexOf(c) >= 0) {
      return place();
    }
    if (c == 'p' || c == 'P') {
      at = (isNext("{") ? indexOf('}') : Math.min(at, expression.length() - 1)) + 1;
      return taken(start, true);
    }
    if (OF_ASCII.indexOf(c) >= 0 || OF_ANY.indexOf(c) >= 0) {
      return taken(start, OF_ANY.indexOf(c) >= 0);
    }
    if (Character.isLetterOrDigit(c)) {
      throw new Unknown();
    }
    return literal(c);
  }

  private BytePattern literal(int c) throws Unknown {
    if (c < BytePattern.ASCII) {
      return oneOf(BytePattern.withCases(c, anyCase), false);
    }
    if (c == REPLACEMENT || Character.getType(c) == Character.SURROGATE) {
      throw new Unknown();
    }
    return BytePattern.character(c, times());
  }

  // One character, of those that the expression takes that stands from an index on up to here.
  private BytePattern taken(int start, boolean orOther) throws Unknown {
    Pattern pattern;
    try {
      pattern = Pattern.compile((anyCase ? ANY_CASE : "") + expression.substring(start, at));
    } catch (PatternSyntaxException noSet) {
      throw new Unknown();
    }
    BitSet ascii = new BitSet();
    for (int c = 0; c < BytePattern.ASCII; c++) {
      ascii.set(c, pattern.matcher(Character.toString(c)).matches());
    }
    return oneOf(ascii, orOther);
  }

  private BytePattern oneOf(BitSet ascii, boolean orOther) throws Unknown {
    return BytePattern.oneOf(ascii, orOther, times()).orElseThrow(Unknown::new);
  }

  // Returns whether it is certain that the set has characters of ASCII only.
  private boolean passSet() throws Unknown {
    boolean asciiOnly = true;
    refuseBracket();
    for (int depth = 1; depth > 0; ) {
      int c = next();
      if (c == '\\') {
        asciiOnly &= passEscapeInSet();
      } else if (c == '[') {
        refuseBracket();
        depth++;
      } else if (c == ']') {
        depth--;
      } else {
        asciiOnly &= c < BytePattern.ASCII && c != '^' && c != '&';
      }
    }
    return asciiOnly;
  }

  private boolean passEscapeInSet() throws Unknown {
    int c = next();
    if (!Character.isLetterOrDigit(c) || OF_ASCII.indexOf(c) >= 0) {
      return c < BytePattern.ASCII;
    }
    if (OF_ANY.indexOf(c) < 0 && c != 'p' && c != 'P') {
      throw new Unknown();
    }
    return false;
  }

  // Where a set begins with one, it is not clear where it ends.
  private void refuseBracket() throws Unknown {
    if (isNext("]") || isNext("^]")) {
      throw new Unknown();
    }
  }

  private Times times() throws Unknown {
    if (!isQuantifierNext()) {
      return Times.ONCE;
    }
    Times times =
        switch (next()) {
          case '?' -> new Times(0, 1);
          case '*' -> new Times(0, Times.ENDLESS);
          case '+' -> new Times(1, Times.ENDLESS);
          default -> inBraces();
        };
    if (isNext("?") || isNext("+")) {
      at++;
    }
    if (isQuantifierNext()) {
      throw new Unknown();
    }
    return times;
  }

  private boolean isQuantifierNext() {
    return at < expression.length() && "?*+{".indexOf(expression.charAt(at)) >= 0;
  }

  private Times inBraces() throws Unknown {
    int end = indexOf('}');
    String[] bounds = expression.substring(at, end).split(",", -1);
    at = end + 1;
    int least = number(bounds[0]);
    return switch (bounds.length) {
      case 1 -> Times.of(least, least);
      case 2 -> Times.of(least, bounds[1].isEmpty() ? Times.ENDLESS : number(bounds[1]));
      default -> throw new Unknown();
    };
  }

  private static int number(String digits) throws Unknown {
    if (!digits.matches("[0-9]{1,6}")) {
      throw new Unknown();
    }
    return Integer.parseInt(digits);
  }

  private boolean isNext(String text) {
    return expression.startsWith(text, at);
  }

  private int indexOf(char c) throws Unknown {
    int index = expression.indexOf(c, at);
    if (index < 0) {
      throw new Unknown();
    }
    return index;
  }

  private int next() throws Unknown {
    if (at >= expression.length()) {
      throw new Unknown();
    }
    int c = expression.codePointAt(at);
    at += Character.charCount(c);
    return c;
  }
}
