package com.commaagents.protocol.message;

/// What was done with the hub.
public enum HubOperation implements Labelled {
  LIST("list"),
  INSTALL("install"),
  UPDATE("update"),
  REMOVE("remove");

  private final String label;

  HubOperation(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
