package com.commaagents.models.contract;

import java.util.List;
import java.util.Optional;

/// A model's answer before a wire has it.
public record Answer(List<Piece> pieces, Ending ending, Optional<Tokens> tokens) {

  public sealed interface Piece {
    /// @param signature what the provider wants back with it; empty text: nothing
    record Thinks(List<String> texts, String signature) implements Piece {}

    record Says(List<String> texts) implements Piece {}

    /// @param arguments pieces of JSON text
    record Calls(String id, String name, List<String> arguments) implements Piece {
      public String whole() {
        return String.join("", arguments);
      }
    }

    /// An answer that was asked for by a schema.
    record Fits(String json) implements Piece {}
  }

  public enum Ending {
    STOP,
    LENGTH,
    TOOL_CALLS,
    CONTENT_FILTER
  }

  /// @param cached of the input
  /// @param reasoning of the output
  public record Tokens(long input, long cached, long output, long reasoning) {}

  public static Answer of(Ending ending, Piece... pieces) {
    return new Answer(List.of(pieces), ending, Optional.empty());
  }

  public Answer with(Tokens counted) {
    return new Answer(pieces, ending, Optional.of(counted));
  }
}
