package com.commaagents.protocol.message;

/// What a run can wait for a person for.
public enum PromptKind implements Labelled {
  INPUT("input"),
  PERMISSION("permission"),
  QUESTION("question");

  private final String label;

  PromptKind(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
