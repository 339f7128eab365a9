package com.commaagents.protocol.message;

/// What a credential consists of.
public enum CredentialType implements Labelled {
  API("api"),
  OAUTH("oauth"),
  CUSTOM("custom");

  private final String label;

  CredentialType(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
