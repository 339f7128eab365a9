package com.commaagents.tools.shell;

import java.util.Map;

/// Reads the parts of a word: quotes, escapes, variables, substitutions. Each method takes the
/// place where its part begins and gives the place after it.
final class ShellWordReader {
  private final String text;
  private final Map<String, String> variables;
  private final ShellWord word;

  ShellWordReader(String text, Map<String, String> variables, ShellWord word) {
    this.text = text;
    this.variables = variables;
    this.word = word;
  }

  /// One part outside quotes.
  ///
  /// @param endWord called where a variable's blanks split the word
  int unquoted(int at, Runnable endWord) {
    char c = text.charAt(at);
    return switch (c) {
      case '\\' -> escape(at);
      case '\'' -> singleQuoted(at);
      case '"' -> doubleQuoted(at);
      case '`' -> backQuoted(at);
      case '$' -> dollar(at, endWord, false);
      case '~' -> word.isOpen() ? plain(at) : tilde(at);
      default -> plain(at);
    };
  }

  private int plain(int at) {
    word.add(text.charAt(at));
    return at + 1;
  }

  private char at(int index) {
    return index < text.length() ? text.charAt(index) : '\0';
  }

  private int escape(int at) {
    if (at + 1 < text.length() && text.charAt(at + 1) != '\n') {
      word.add(text.charAt(at + 1));
    }
    return at + 2;
  }

  private int singleQuoted(int at) {
    int end = text.indexOf('\'', at + 1);
    int stop = end < 0 ? text.length() : end;
    word.add(text.substring(at + 1, stop));
    return stop + 1;
  }

  private int doubleQuoted(int open) {
    word.open();
    int at = open + 1;
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at);
      if (c == '\\' && "$`\"\\\n".indexOf(at(at + 1)) >= 0) {
        at = escape(at);
      } else if (c == '`') {
        at = backQuoted(at);
      } else if (c == '$') {
        at = dollar(at, word::open, true);
      } else {
        at = plain(at);
      }
    }
    return at + 1;
  }

  private int backQuoted(int open) {
    int end = open + 1;
    while (end < text.length() && text.charAt(end) != '`') {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    int stop = Math.min(end, text.length());
    word.addScript(text.substring(open + 1, stop).replace("\\`", "`"));
    return stop + 1;
  }

  private int tilde(int at) {
    int end = at + 1;
    while (Character.isLetterOrDigit(at(end)) || at(end) == '-' || at(end) == '_') {
      end++;
    }
    // Another user's home is none of ours; the name of any will do.
    word.add(end == at + 1 ? variables.getOrDefault("HOME", "/root") : "/root");
    return end;
  }

  private int dollar(int at, Runnable endWord, boolean quoted) {
    char next = at(at + 1);
    if (next == '\'' && !quoted) {
      return escapedQuoted(at + 2);
    }
    if (next == '"' && !quoted) {
      return doubleQuoted(at + 1);
    }
    if (next == '(') {
      return substitution(at + 1);
    }
    if (next == '{') {
      return braced(at + 2, endWord, quoted);
    }
    if (Character.isLetter(next) || next == '_') {
      int end = nameEnd(at + 1);
      expand(text.substring(at + 1, end), endWord, quoted);
      return end;
    }
    if ("@*0123456789".indexOf(next) >= 0) {
      word.add(ShellScript.MAYBE_EMPTY);
      return at + 2;
    }
    if ("?#$!-".indexOf(next) >= 0) {
      word.add(ShellScript.UNKNOWN);
      return at + 2;
    }
    return plain(at);
  }

  private int nameEnd(int start) {
    int end = start;
    while (Character.isLetterOrDigit(at(end)) || at(end) == '_') {
      end++;
    }
    return end;
  }

  private int braced(int start, Runnable endWord, boolean quoted) {
    int end = matching(start, '{', '}');
    String inside = text.substring(start, Math.min(end, text.length()));
    int nameEnd = nameEnd(start) - start;
    String name = inside.substring(0, Math.min(nameEnd, inside.length()));
    String rest = inside.substring(name.length());
    String operator = rest.startsWith(":") ? rest.substring(1) : rest;
    boolean fallback = operator.startsWith("-") || operator.startsWith("=");
    if (!name.isEmpty() && rest.isEmpty()) {
      expand(name, endWord, quoted);
    } else if (!name.isEmpty() && fallback && !variables.containsKey(name)) {
      word.add(operator.substring(1));
    } else if (operator.startsWith("?")) {
      word.add(ShellScript.UNKNOWN);
    } else {
      word.add(ShellScript.MAYBE_EMPTY);
    }
    return end + 1;
  }

  private void expand(String name, Runnable endWord, boolean quoted) {
    if (name.equals("IFS") && !quoted) {
      endWord.run();
      return;
    }
    String value = variables.getOrDefault(name, String.valueOf(ShellScript.MAYBE_EMPTY));
    if (quoted || value.indexOf(' ') < 0) {
      word.add(value);
      return;
    }
    // Blanks of a variable outside quotes split the word; the reader starts a new one.
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == ' ') {
        endWord.run();
      } else {
        word.add(c);
      }
    }
  }

  /// A command whose output or file name stands here; begins at its `(`.
  int substitution(int open) {
    int end = matching(open + 1, '(', ')');
    String script = text.substring(open + 1, Math.min(end, text.length()));
    if (script.startsWith("(")) {
      word.add(ShellScript.UNKNOWN);
    } else {
      word.addScript(script);
    }
    return end + 1;
  }

  // Where the bracket that is open at `start` closes; the end of the text where it does not.
  private int matching(int start, char open, char close) {
    int depth = 0;
    int at = start;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\\') {
        at++;
      } else if (c == '\'' || c == '"') {
        at = quoteEnd(at, c);
      } else if (c == open) {
        depth++;
      } else if (c == close && depth-- == 0) {
        return at;
      }
      at++;
    }
    return text.length();
  }

  private int quoteEnd(int open, char quote) {
    int at = open + 1;
    while (at < text.length() && text.charAt(at) != quote) {
      at += quote == '"' && text.charAt(at) == '\\' ? 2 : 1;
    }
    return at;
  }

  // The body of $'…', where \x72, \162 and the like stand for characters.
  private int escapedQuoted(int start) {
    word.open();
    int at = start;
    while (at < text.length() && text.charAt(at) != '\'') {
      at = text.charAt(at) == '\\' && at + 1 < text.length() ? escapeCode(at + 1) : plain(at);
    }
    return at + 1;
  }

  private int escapeCode(int at) {
    char kind = text.charAt(at);
    return switch (kind) {
      case 'x' -> code(at + 1, 2, 16);
      case 'u' -> code(at + 1, 4, 16);
      case 'U' -> code(at + 1, 8, 16);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> code(at, 3, 8);
      case 'n' -> escaped(at, '\n');
      case 't' -> escaped(at, '\t');
      default -> escaped(at, kind);
    };
  }

  private int escaped(int at, char meant) {
    word.add(meant);
    return at + 1;
  }

  private int code(int start, int digits, int radix) {
    int end = start;
    long value = 0;
    while (end < start + digits && Character.digit(at(end), radix) >= 0) {
      value = value * radix + Character.digit(at(end), radix);
      end++;
    }
    word.add((char) value);
    return end;
  }
}
