package com.commaagents.cli.terminal;

import java.io.IOException;
import java.util.Optional;

/// Another terminal, without colours.
public record PlainTerminal(Terminal terminal) implements Terminal {
  @Override
  public void out(String text) {
    terminal.out(text);
  }

  @Override
  public void out(byte[] bytes, int count) {
    terminal.out(bytes, count);
  }

  @Override
  public void err(String line) {
    terminal.err(line);
  }

  @Override
  public Optional<String> readLine() throws IOException {
    return terminal.readLine();
  }

  @Override
  public Optional<String> readSecret(String prompt) throws IOException {
    return terminal.readSecret(prompt);
  }

  @Override
  public String readAll(int maxBytes) throws IOException {
    return terminal.readAll(maxBytes);
  }

  @Override
  public boolean interactive() {
    return terminal.interactive();
  }

  @Override
  public boolean colours() {
    return false;
  }

  @Override
  public int columns() {
    return terminal.columns();
  }
}
