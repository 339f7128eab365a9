package com.commaagents.models.http;

import com.commaagents.engine.model.ModelFailure;
import java.net.URI;
import java.util.Map;

/// What lets a request in: the headers that show a credential. Thread-safe.
public interface Access {
  /// The headers of one request.
  ///
  /// @throws ModelFailure when what is shown has to be fetched first, and could not be
  Map<String, String> headers(URI url, byte[] body) throws ModelFailure, InterruptedException;

  /// What to mask in the texts of failures.
  Secrets secrets();

  /// The same headers for every request.
  static Access of(Map<String, String> headers, Secrets secrets) {
    return new Fixed(Map.copyOf(headers), secrets);
  }

  /// Headers that never change.
  record Fixed(Map<String, String> headers, Secrets secrets) implements Access {
    @Override
    public Map<String, String> headers(URI url, byte[] body) {
      return headers;
    }
  }
}
