package com.commaagents.protocol.message;

/// Which accesses a change of policy is about.
public enum PolicyMode implements Labelled {
  READ("read"),
  WRITE("write");

  private final String label;

  PolicyMode(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
