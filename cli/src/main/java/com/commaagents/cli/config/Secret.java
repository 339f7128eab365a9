package com.commaagents.cli.config;

/// A value that is never printed: its text form is three stars.
public record Secret(String value) {
  public Secret {
    if (value.isBlank()) {
      throw new IllegalArgumentException("a secret is not blank");
    }
  }

  @Override
  public String toString() {
    return "***";
  }
}
