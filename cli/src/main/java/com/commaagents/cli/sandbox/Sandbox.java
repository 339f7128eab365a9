package com.commaagents.cli.sandbox;

import com.commaagents.tools.confinement.Confinement;
import java.util.Optional;

/// What confines programs.
///
/// @param reason why nothing does, or nothing better, as a part of a sentence
public record Sandbox(Confinement confinement, Optional<String> reason) {
  static Sandbox of(Confinement confinement) {
    return new Sandbox(confinement, Optional.empty());
  }

  static Sandbox none(String reason) {
    return new Sandbox(Confinement.none(), Optional.of(reason));
  }

  Sandbox because(String further) {
    return new Sandbox(confinement, Optional.of(further));
  }

  public boolean confines() {
    return confinement.name().isPresent();
  }

  /// For people, behind "Commands are".
  public String words() {
    return confinement
        .name()
        .map(name -> "confined by " + name + reason.map("; "::concat).orElse(""))
        .orElseGet(() -> "not confined" + reason.map(": "::concat).orElse(""));
  }
}
