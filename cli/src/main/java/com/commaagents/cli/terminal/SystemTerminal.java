package com.commaagents.cli.terminal;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The process's own standard streams, always UTF-8.
///
/// Limits: a line that is typed is at most [#MAX_LINE] characters, the rest of it is the next one.
public final class SystemTerminal implements Terminal {
  static final int MAX_LINE = 1 << 20;

  private static final int OUTPUT_BUFFER_BYTES = 1 << 13;

  private final InputStream input = new FileInputStream(FileDescriptor.in);
  private final BufferedReader reader =
      new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
  private final PrintStream out = stream(FileDescriptor.out);
  private final PrintStream err = stream(FileDescriptor.err);
  private final boolean interactive;
  private final boolean colours;
  private final int columns;

  public SystemTerminal(boolean interactive, boolean colours, int columns) {
    this.interactive = interactive;
    this.colours = colours;
    this.columns = columns;
  }

  @Override
  public void out(String text) {
    out.print(text);
    out.flush();
  }

  @Override
  public void out(byte[] bytes, int count) {
    out.write(bytes, 0, count);
    out.flush();
  }

  @Override
  public void err(String line) {
    err.print(line + "\n");
    err.flush();
  }

  @Override
  public Optional<String> readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    int character = reader.read();
    if (character < 0) {
      return Optional.empty();
    }
    while (character >= 0 && character != '\n' && line.length() < MAX_LINE) {
      if (character != '\r') {
        line.append((char) character);
      }
      character = reader.read();
    }
    return Optional.of(line.toString());
  }

  @Override
  public Optional<String> readSecret(String prompt) throws IOException {
    Console console =
        Optional.ofNullable(System.console())
            .filter(Console::isTerminal)
            .orElseThrow(() ->
                new IOException(
                    "what is typed here would be shown; give it on the standard input"));
    char[] typed = console.readPassword("%s", prompt);
    return typed == null ? Optional.empty() : Optional.of(new String(typed));
  }

  @Override
  public String readAll(int maxBytes) throws IOException {
    byte[] bytes = input.readNBytes(maxBytes + 1);
    if (bytes.length > maxBytes) {
      throw new IOException("more than " + maxBytes + " bytes");
    }
    return new String(bytes, StandardCharsets.UTF_8);
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

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor), OUTPUT_BUFFER_BYTES),
        false,
        StandardCharsets.UTF_8);
  }
}
