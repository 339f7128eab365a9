package com.commaagents.models.http;

import java.io.IOException;

/// An answer that broke off after its headers: told apart from one that came to its end.
final class BrokenAnswerException extends IOException {
  BrokenAnswerException(String message) {
    super(message);
  }

  private BrokenAnswerException(String message, Throwable cause) {
    super(message, cause);
  }

  static BrokenAnswerException closed(Throwable cause) {
    return new BrokenAnswerException("the connection was closed before its end", cause);
  }
}
