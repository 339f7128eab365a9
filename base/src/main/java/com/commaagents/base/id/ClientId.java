package com.commaagents.base.id;

/// One connected client of the run system: a connection of the daemon, or an embedding program.
public record ClientId(String value) {
  public ClientId {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a client id is not empty");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
