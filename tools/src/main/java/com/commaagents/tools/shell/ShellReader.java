package com.commaagents.tools.shell;

import com.commaagents.tools.pattern.Braces;
import com.commaagents.tools.shell.ShellScript.Pipeline;
import com.commaagents.tools.shell.ShellScript.ShellCommand;
import com.commaagents.tools.shell.ShellScript.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Splits a script into commands and words, as a POSIX shell or bash would, in one pass.
///
/// It knows quotes, escapes, comments, operators, redirections, here-documents, braces, and the
/// variables that the script sets from texts. It runs nothing: what a substitution gives is
/// [ShellScript#UNKNOWN].
final class ShellReader {
  private static final Pattern ASSIGNMENT =
      Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)\\+?=(.*)", Pattern.DOTALL);
  private static final Set<String> DECLARING =
      Set.of("export", "local", "declare", "readonly", "typeset");

  // Words before a command that are no command.
  private static final Set<String> GRAMMAR =
      Set.of("if", "then", "else", "elif", "do", "while", "until", "!", "{", "time", "coproc");

  private static final Set<String> CLOSING = Set.of("}", "fi", "done", "esac");
  private static final int MAX_VALUE = 1024;

  private enum Expecting {
    WORD,
    WRITTEN_FILE,
    READ_FILE,
    HERE_TEXT,
    HERE_END
  }

  private final String text;
  private final Map<String, String> variables;
  private final ShellWord word = new ShellWord();
  private final ShellWordReader parts;
  private final List<Pipeline> pipelines = new ArrayList<>();
  private final List<String> hereEnds = new ArrayList<>();
  private int at;

  private List<ShellCommand> stages = new ArrayList<>();
  private List<Word> words = new ArrayList<>();
  private List<Word> written = new ArrayList<>();
  private Optional<String> input = Optional.empty();
  private Expecting expecting = Expecting.WORD;

  ShellReader(String text, Map<String, String> variables) {
    this.text = text;
    this.variables = new HashMap<>(variables);
    this.parts = new ShellWordReader(text, this.variables, word);
  }

  ShellScript read() {
    while (at < text.length()) {
      char c = text.charAt(at);
      switch (c) {
        case ' ', '\t', '\r' -> endWord(1);
        case '\n' -> endLine();
        case '#' -> comment();
        case ';', '(' -> endPipeline(1);
        case ')' -> closeGroup();
        case '|' -> pipe();
        case '&' -> ampersand();
        case '<' -> less();
        case '>' -> greater();
        default -> at = parts.unquoted(at, this::endWord);
      }
    }
    endPipeline(0);
    return new ShellScript(pipelines);
  }

  // What a group wrote goes into the command after it: ( curl … ) | sh.
  private void closeGroup() {
    endStage();
    at++;
  }

  private char peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
  }

  private void comment() {
    if (word.isOpen()) {
      word.add('#');
      at++;
      return;
    }
    int end = text.indexOf('\n', at);
    at = end < 0 ? text.length() : end;
  }

  private void pipe() {
    if (peek(1) == '|') {
      endPipeline(2);
    } else {
      endStage();
      at += peek(1) == '&' ? 2 : 1;
    }
  }

  private void ampersand() {
    if (peek(1) == '>') {
      endWord(0);
      redirect(peek(2) == '>' ? 3 : 2, Expecting.WRITTEN_FILE);
    } else {
      endPipeline(peek(1) == '&' ? 2 : 1);
    }
  }

  private void less() {
    if (peek(1) == '(') {
      at = parts.substitution(at + 1);
    } else if (text.startsWith("<<<", at)) {
      redirect(3, Expecting.HERE_TEXT);
    } else if (peek(1) == '<') {
      redirect(peek(2) == '-' ? 3 : 2, Expecting.HERE_END);
    } else {
      redirect(peek(1) == '&' || peek(1) == '>' ? 2 : 1, Expecting.READ_FILE);
    }
  }

  private void greater() {
    if (peek(1) == '(') {
      at = parts.substitution(at + 1);
      return;
    }
    boolean longer = peek(1) == '>' || peek(1) == '&' || peek(1) == '|';
    redirect(longer ? 2 : 1, Expecting.WRITTEN_FILE);
  }

  private void redirect(int length, Expecting next) {
    if (word.isNumber()) {
      word.clear();
    }
    endWord(length);
    expecting = next;
  }

  private void endWord() {
    endWord(0);
  }

  private void endWord(int skipped) {
    at += skipped;
    if (!word.isOpen()) {
      return;
    }
    Word done = word.take();
    switch (expecting) {
      case WORD -> addWord(done);
      case WRITTEN_FILE -> written.add(done);
      case READ_FILE -> {
        if (!done.scripts().isEmpty()) {
          addWord(done);
        }
      }
      case HERE_TEXT -> input = Optional.of(done.text());
      case HERE_END -> hereEnds.add(done.text());
    }
    expecting = Expecting.WORD;
  }

  private void addWord(Word done) {
    boolean first = words.isEmpty();
    if (first && done.scripts().isEmpty() && GRAMMAR.contains(done.text())) {
      return;
    }
    Matcher assignment = ASSIGNMENT.matcher(done.text());
    boolean declares = !first && DECLARING.contains(words.getFirst().text());
    if ((first || declares) && assignment.matches()) {
      variables.put(assignment.group(1), bounded(assignment.group(2)));
      if (first && done.scripts().isEmpty()) {
        return;
      }
    }
    for (String expanded : Braces.expand(done.text())) {
      words.add(new Word(expanded, done.scripts()));
    }
  }

  private static String bounded(String value) {
    return value.length() <= MAX_VALUE ? value : String.valueOf(ShellScript.UNKNOWN);
  }

  private void endLine() {
    endWord();
    Optional<String> here = Optional.empty();
    at++;
    for (String end : hereEnds) {
      here = Optional.of(hereDocument(end));
    }
    hereEnds.clear();
    if (here.isPresent()) {
      input = here;
    }
    endPipeline(0);
  }

  private String hereDocument(String end) {
    StringBuilder body = new StringBuilder();
    while (at < text.length()) {
      int newline = text.indexOf('\n', at);
      String line = text.substring(at, newline < 0 ? text.length() : newline);
      at = newline < 0 ? text.length() : newline + 1;
      if (line.strip().equals(end)) {
        break;
      }
      body.append(line).append('\n');
    }
    return body.toString();
  }

  private void endStage() {
    endWord();
    if (!words.isEmpty() || !written.isEmpty()) {
      addStage();
    }
    words = new ArrayList<>();
    written = new ArrayList<>();
    input = Optional.empty();
    expecting = Expecting.WORD;
  }

  private void addStage() {
    boolean closes = words.size() == 1 && CLOSING.contains(words.getFirst().text());
    if (closes && stages.isEmpty() && !pipelines.isEmpty()) {
      // { curl …; } | sh: what stands before the bracket is the first part of the pipeline.
      stages.addAll(pipelines.removeLast().stages());
      return;
    }
    stages.add(new ShellCommand(words, written, input));
    changeDirectory();
  }

  private void changeDirectory() {
    if (words.size() == 2 && words.getFirst().text().equals("cd")) {
      String to = words.get(1).text();
      variables.merge(
          "PWD", to, (from, next) -> bounded(next.startsWith("/") ? next : from + "/" + next));
    }
  }

  private void endPipeline(int skipped) {
    endStage();
    at += skipped;
    if (!stages.isEmpty()) {
      pipelines.add(new Pipeline(stages, variables.getOrDefault("PWD", "/")));
    }
    stages = new ArrayList<>();
  }
}
