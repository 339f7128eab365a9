package com.commaagents.server.http;

/// What a [FrameReader] reads, in order of arrival.
interface FrameSink {
  /// A whole text message, or a binary one that holds UTF-8.
  void message(byte[] utf8);

  void ping(byte[] payload);

  void pong();

  /// The client's close frame; nothing follows.
  ///
  /// @param echo the payload to answer with: the client's code alone, or nothing where it sent none
  void closeAsked(byte[] echo);

  /// The client broke the protocol; nothing follows.
  void violation(int code, String reason);
}
