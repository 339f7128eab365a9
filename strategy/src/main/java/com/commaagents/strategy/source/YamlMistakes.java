package com.commaagents.strategy.source;

import java.util.Comparator;
import java.util.Map;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;

/// Says in our words what the YAML parser did not like.
///
/// The parser's own messages quote the text they are about. Only how they begin is looked at, and
/// what we say is one of the sentences below: nothing of a text gets through, also not through a
/// message of a later version of the parser.
final class YamlMistakes {
  private static final String UNKNOWN = "this is not YAML";

  /// By the beginning of the parser's message, the longest that fits.
  private static final Map<String, String> BY_PROBLEM =
      Map.ofEntries(
          Map.entry("expected ',' or ']'", "expected ',' or ']'"),
          Map.entry("expected ',' or '}'", "expected ',' or '}'"),
          Map.entry(
              "expected <block end>",
              "expected the end of the list or object above, or an entry at its indentation"),
          Map.entry("expected the node content", "expected a value"),
          Map.entry("could not find expected ':'", "expected ':' after the name of a field"),
          Map.entry(
              "found character '\\t(TAB)'", "a tab; YAML takes only spaces for the indentation"),
          Map.entry("found a key after", "a tab; YAML takes only spaces for the indentation"),
          Map.entry("found character", "a character no value begins with; put the text in quotes"),
          Map.entry(
              "mapping values are not allowed here",
              "a ':' that names no field; check the indentation, or put the text in quotes"),
          Map.entry("mapping keys are not allowed here", "a field is not allowed here"),
          Map.entry("sequence entries are not allowed here", "a '-' entry is not allowed here"),
          Map.entry("found unexpected end of stream", "expected the closing quote"),
          Map.entry("found unexpected document separator", "expected the closing quote"),
          Map.entry("found unknown escape character", "expected a known escape after '\\'"),
          Map.entry("expected escape sequence", "expected hexadecimal digits in the escape"),
          Map.entry("expected '<document start>'", "expected one document of YAML"),
          Map.entry("found undefined tag handle", "a tag whose prefix is not declared"),
          Map.entry("expected alphabetic or numeric", "expected the name of an anchor or alias"),
          Map.entry("expected chomping or indentation", "expected a line break after '|' or '>'"));

  private static final Map<String, String> BY_CONTEXT =
      Map.of(
          "while parsing a flow sequence", "the list",
          "while parsing a flow mapping", "the object",
          "while parsing a block collection", "the list",
          "while parsing a block mapping", "the object",
          "while scanning a quoted scalar", "the text",
          "while scanning a double-quoted scalar", "the text");

  private YamlMistakes() {}

  static MalformedText translate(YamlEngineException exception) {
    if (exception instanceof MarkedYamlEngineException marked) {
      Position at = marked.getProblemMark().map(YamlText::position).orElse(Position.START);
      return new MalformedText(at, expectation(marked) + construct(marked, at));
    }
    boolean version = exception instanceof YamlVersionException;
    return new MalformedText(Position.START, version ? "expected YAML 1.2" : UNKNOWN);
  }

  private static String expectation(MarkedYamlEngineException exception) {
    String problem = String.valueOf(exception.getProblem());
    return BY_PROBLEM.entrySet().stream()
        .filter(entry -> problem.startsWith(entry.getKey()))
        .max(Map.Entry.comparingByKey(Comparator.comparingInt(String::length)))
        .map(Map.Entry::getValue)
        .orElse(UNKNOWN);
  }

  /// Where the list, object or text begins that the mistake is in.
  private static String construct(MarkedYamlEngineException exception, Position at) {
    String what = BY_CONTEXT.get(String.valueOf(exception.getContext()));
    Mark begin = exception.getContextMark().orElse(null);
    if (what == null || begin == null || YamlText.position(begin).equals(at)) {
      return "";
    }
    return " (" + what + " begins at " + YamlText.position(begin) + ")";
  }
}
