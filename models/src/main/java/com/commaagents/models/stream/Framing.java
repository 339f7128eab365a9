package com.commaagents.models.stream;

/// The ways in which providers frame their events.
public enum Framing {
  SERVER_SENT_EVENTS("text/event-stream"),
  JSON_LINES("application/x-ndjson"),
  AWS_EVENTS("application/vnd.amazon.eventstream");

  private final String mediaType;

  Framing(String mediaType) {
    this.mediaType = mediaType;
  }

  /// What to ask a server for.
  public String mediaType() {
    return mediaType;
  }

  public EventReader reader(ByteSource source) {
    return switch (this) {
      case SERVER_SENT_EVENTS -> new SseReader(source);
      case JSON_LINES -> new LineReader(source);
      case AWS_EVENTS -> new AwsEventReader(source);
    };
  }
}
