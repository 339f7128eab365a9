package com.commaagents.strategy.source;

import java.io.Serial;

/// Leaves a reader at the first mistake; [SourceReader] makes a value of it.
///
/// INVARIANT: the message is made of our own words only, never of the text.
final class MalformedText extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Position at;
  private final String expectation;

  MalformedText(Position at, String expectation) {
    super(expectation, null, false, false);
    this.at = at;
    this.expectation = expectation;
  }

  ReadResult.Malformed asResult() {
    return new ReadResult.Malformed(at, expectation);
  }
}
