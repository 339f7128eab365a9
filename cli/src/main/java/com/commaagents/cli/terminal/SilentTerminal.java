package com.commaagents.cli.terminal;

import java.util.Optional;

/// A terminal that nobody looks at.
public final class SilentTerminal implements Terminal {
  private static final int COLUMNS = 80;

  @Override
  public void out(String text) {}

  @Override
  public void err(String line) {}

  @Override
  public Optional<String> readLine() {
    return Optional.empty();
  }

  @Override
  public Optional<String> readSecret(String prompt) {
    return Optional.empty();
  }

  @Override
  public String readAll(int maxBytes) {
    return "";
  }

  @Override
  public boolean interactive() {
    return false;
  }

  @Override
  public boolean colours() {
    return true;
  }

  @Override
  public int columns() {
    return COLUMNS;
  }
}
