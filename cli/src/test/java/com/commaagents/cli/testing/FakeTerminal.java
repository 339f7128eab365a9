package com.commaagents.cli.testing;

import com.commaagents.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// A terminal that remembers what it shows and types what the test says.
public final class FakeTerminal implements Terminal {
  private final StringBuilder shown = new StringBuilder();
  private final List<String> errors = new ArrayList<>();
  private final BlockingQueue<Optional<String>> typed = new LinkedBlockingQueue<>();
  private final boolean colours;
  private final int columns;
  private boolean interactive = true;
  private String input = "from standard input";

  public FakeTerminal() {
    this(false, 80);
  }

  public FakeTerminal(boolean colours, int columns) {
    this.colours = colours;
    this.columns = columns;
  }

  /// Nobody sits at it.
  public FakeTerminal unattended() {
    interactive = false;
    return this;
  }

  /// A person types this line when it is asked for.
  public FakeTerminal typing(String line) {
    typed.add(Optional.of(line));
    return this;
  }

  /// This is the standard input.
  public FakeTerminal giving(String text) {
    input = text;
    return this;
  }

  /// A person ends their input.
  public FakeTerminal leaving() {
    typed.add(Optional.empty());
    return this;
  }

  public synchronized String shown() {
    return shown.toString();
  }

  public synchronized List<String> errors() {
    return List.copyOf(errors);
  }

  @Override
  public synchronized void out(String text) {
    shown.append(text);
  }

  @Override
  public synchronized void err(String line) {
    errors.add(line);
  }

  @Override
  public Optional<String> readLine() {
    try {
      return typed.take();
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /// The prompt is shown as an error line; what is typed is shown nowhere.
  @Override
  public Optional<String> readSecret(String prompt) {
    err(prompt);
    return readLine();
  }

  @Override
  public String readAll(int maxBytes) {
    return input;
  }

  @Override
  public boolean interactive() {
    return interactive;
  }

  @Override
  public boolean colours() {
    return colours;
  }

  @Override
  public int columns() {
    return columns;
  }
}
