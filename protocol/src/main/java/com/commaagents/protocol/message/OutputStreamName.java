package com.commaagents.protocol.message;

/// Which of its streams a tool speaks on.
public enum OutputStreamName implements Labelled {
  STDOUT("stdout"),
  STDERR("stderr");

  private final String label;

  OutputStreamName(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
