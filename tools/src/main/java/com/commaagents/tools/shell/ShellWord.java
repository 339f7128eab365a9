package com.commaagents.tools.shell;

import com.commaagents.tools.shell.ShellScript.Word;
import java.util.ArrayList;
import java.util.List;

/// A word while it is read. Longer than [ShellScript#MAX_LENGTH] it does not get: variables that
/// double one another would fill the memory.
final class ShellWord {
  private final StringBuilder text = new StringBuilder();
  private final List<String> scripts = new ArrayList<>();
  private boolean open;

  /// Whether anything of it was read; an empty pair of quotes is a word too.
  boolean isOpen() {
    return open;
  }

  void open() {
    open = true;
  }

  void add(char c) {
    open = true;
    if (text.length() < ShellScript.MAX_LENGTH) {
      text.append(c);
    }
  }

  void add(String more) {
    open = true;
    int room = ShellScript.MAX_LENGTH - text.length();
    text.append(more, 0, Math.min(room, more.length()));
  }

  void addScript(String script) {
    add(ShellScript.UNKNOWN);
    scripts.add(script);
  }

  boolean isNumber() {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /// The finished word; this one is empty again.
  Word take() {
    Word done = new Word(text.toString(), scripts);
    clear();
    return done;
  }

  void clear() {
    text.setLength(0);
    scripts.clear();
    open = false;
  }
}
