package com.commaagents.protocol.message;

/// What a policy says where neither its allow nor its deny list matches.
public enum PolicyDefault implements Labelled {
  ALLOW("allow"),
  DENY("deny"),
  ASK("ask");

  private final String label;

  PolicyDefault(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
