package com.commaagents.strategy.source;

import com.commaagents.strategy.source.SourceNode.Field;
import com.commaagents.strategy.source.SourceNode.Mapping;
import com.commaagents.strategy.source.SourceNode.Scalar;
import com.commaagents.strategy.source.SourceNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/// Reads one JSON text by recursive descent.
///
/// Why not the JSON library: its messages quote the text, and do not say what was expected; its
/// columns count bytes or UTF-16 units. A test holds the two against each other on random texts.
///
/// Source: RFC 8259; for JSONC, comments and trailing commas as in Visual Studio Code.
final class JsonText {
  private static final String EXPECTED_VALUE =
      "expected a value: an object, a list, a text in double quotes, a number, true, false or null";
  private static final String CONTROL =
      "a line break or control character in a text; write it as an escape such as \\n";

  private final String text;
  private final boolean relaxed;
  private final LineCounter lines;
  private final Budget budget = new Budget();
  private int next;
  private int depth;

  /// @param relaxed takes comments and trailing commas
  JsonText(String text, boolean relaxed) {
    this.text = text;
    this.relaxed = relaxed;
    this.lines = new LineCounter(text);
  }

  /// The one value of the text.
  SourceNode read() {
    skipBlanks();
    if (next == text.length()) {
      throw new MalformedText(here(), "the file is empty");
    }
    SourceNode root = value();
    skipBlanks();
    if (next < text.length()) {
      throw mistake("expected the end of the file after the first value");
    }
    return root;
  }

  private SourceNode value() {
    Position at = here();
    budget.spend(1, at);
    return switch (peek()) {
      case '{' -> object(at);
      case '[' -> array(at);
      case '"' -> new Scalar(StringNode.valueOf(string()), at);
      case 't' -> literal("true", new Scalar(BooleanNode.TRUE, at));
      case 'f' -> literal("false", new Scalar(BooleanNode.FALSE, at));
      case 'n' -> literal("null", new Scalar(NullNode.getInstance(), at));
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(at);
      default -> throw mistake(EXPECTED_VALUE);
    };
  }

  private SourceNode object(Position at) {
    open(at);
    List<Field> fields = new ArrayList<>();
    skipBlanks();
    while (peek() != '}') {
      fields.add(field());
      skipBlanks();
      if (!comma('}', "expected ',' or '}' after the value of a field")) {
        break;
      }
    }
    close();
    return Mapping.of(fields, at);
  }

  private Field field() {
    if (peek() != '"') {
      throw mistake("expected '\"' to begin the name of a field, or '}'");
    }
    Position at = here();
    String name = string();
    skipBlanks();
    if (peek() != ':') {
      throw mistake("expected ':' after the name of a field");
    }
    next++;
    skipBlanks();
    return new Field(name, at, value());
  }

  private SourceNode array(Position at) {
    open(at);
    List<SourceNode> items = new ArrayList<>();
    skipBlanks();
    while (peek() != ']') {
      items.add(value());
      skipBlanks();
      if (!comma(']', "expected ',' or ']' after an entry of a list")) {
        break;
      }
    }
    close();
    return new Sequence(items, at);
  }

  private void open(Position at) {
    depth++;
    budget.descend(depth, at);
    next++;
  }

  private void close() {
    depth--;
    next++;
  }

  /// Whether another entry may follow; false when `end` comes next.
  private boolean comma(char end, String expectation) {
    if (peek() == end) {
      return false;
    }
    if (peek() != ',') {
      throw mistake(expectation);
    }
    Position at = here();
    next++;
    skipBlanks();
    if (peek() == end && !relaxed) {
      throw new MalformedText(
          at, "a comma before '" + end + "' is not JSON; take it away or name the file .jsonc");
    }
    return true;
  }

  private SourceNode literal(String word, Scalar value) {
    if (!text.startsWith(word, next) || isWordPart(next + word.length())) {
      throw mistake(EXPECTED_VALUE);
    }
    next += word.length();
    return value;
  }

  private boolean isWordPart(int index) {
    return index < text.length() && Character.isLetterOrDigit(text.charAt(index));
  }

  private SourceNode number(Position at) {
    int start = next;
    while (isNumberPart(peek())) {
      next++;
    }
    return Numbers.ofJson(text.substring(start, next))
        .map(value -> new Scalar(value, at))
        .orElseThrow(() -> new MalformedText(at, Numbers.EXPECTED));
  }

  private static boolean isNumberPart(char character) {
    return Character.isLetterOrDigit(character)
        || character == '-'
        || character == '+'
        || character == '.';
  }

  private String string() {
    Position at = here();
    int start = ++next;
    while (isPlain(peek())) {
      next++;
    }
    if (peek() == '"') {
      return text.substring(start, next++);
    }
    return escapedString(at, start);
  }

  private String escapedString(Position at, int start) {
    StringBuilder result = new StringBuilder(text.substring(start, next));
    while (peek() != '"') {
      if (isPlain(peek())) {
        result.append(peek());
        next++;
      } else if (peek() == '\\') {
        result.append(escape());
      } else {
        throw atEnd()
            ? new MalformedText(at, "the text that begins here has no closing '\"'")
            : mistake(CONTROL);
      }
    }
    next++;
    if (UnpairedSurrogates.in(result)) {
      throw new MalformedText(at, UnpairedSurrogates.MESSAGE);
    }
    return result.toString();
  }

  private static boolean isPlain(char character) {
    return character >= ' ' && character != '"' && character != '\\';
  }

  private char escape() {
    Position at = here();
    next++;
    char kind = peek();
    next++;
    return switch (kind) {
      case '"', '\\', '/' -> kind;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicodeEscape(at);
      default ->
          throw new MalformedText(
              at, "expected one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u after '\\'");
    };
  }

  private char unicodeEscape(Position at) {
    int code = 0;
    for (int digits = 0; digits < 4; digits++) {
      int digit = peek() < 128 ? Character.digit(peek(), 16) : -1;
      if (digit < 0) {
        throw new MalformedText(at, "expected four hexadecimal digits after '\\u'");
      }
      code = code * 16 + digit;
      next++;
    }
    return (char) code;
  }

  private void skipBlanks() {
    while (next < text.length()) {
      char character = text.charAt(next);
      if (character == '/') {
        comment();
      } else if (character == ' ' || character == '\n' || character == '\r' || character == '\t') {
        next++;
      } else {
        return;
      }
    }
  }

  private void comment() {
    boolean line = text.startsWith("//", next);
    if (!line && !text.startsWith("/*", next)) {
      throw mistake("a '/' outside of a text");
    }
    if (!relaxed) {
      throw mistake("a comment is not JSON; take it away or name the file .jsonc");
    }
    if (line) {
      while (!atEnd() && peek() != '\n' && peek() != '\r') {
        next++;
      }
      return;
    }
    int end = text.indexOf("*/", next + 2);
    if (end < 0) {
      throw mistake("the comment that begins here has no closing '*/'");
    }
    next = end + 2;
  }

  /// The next character; NUL, which no JSON has outside of an escape, at the end.
  private char peek() {
    return next < text.length() ? text.charAt(next) : '\0';
  }

  private boolean atEnd() {
    return next >= text.length();
  }

  private Position here() {
    return lines.positionOf(Math.min(next, text.length()));
  }

  private MalformedText mistake(String expectation) {
    return new MalformedText(
        here(), atEnd() ? "the file ends too early: " + expectation : expectation);
  }
}
