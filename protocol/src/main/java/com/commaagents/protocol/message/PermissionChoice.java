package com.commaagents.protocol.message;

/// What a person decides about a request for permission.
public enum PermissionChoice implements Labelled {
  ALLOW("allow"),
  DENY("deny"),
  ALLOW_SESSION("allow-session"),
  DENY_SESSION("deny-session");

  private final String label;

  PermissionChoice(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
