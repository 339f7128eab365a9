package com.commaagents.protocol.message;

/// What a tool wants to do to a resource.
public enum PermissionOperation implements Labelled {
  READ("fs.read"),
  WRITE("fs.write"),
  EXECUTE("fs.exec");

  private final String label;

  PermissionOperation(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
