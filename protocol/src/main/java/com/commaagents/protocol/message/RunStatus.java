package com.commaagents.protocol.message;

/// Where a run stands.
public enum RunStatus implements Labelled {
  PENDING("pending"),
  RUNNING("running"),
  COMPLETED("completed"),
  ERROR("error"),
  CANCELLED("cancelled");

  private final String label;

  RunStatus(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
