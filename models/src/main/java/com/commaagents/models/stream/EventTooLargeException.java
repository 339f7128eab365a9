package com.commaagents.models.stream;

import java.io.IOException;

/// An event that is larger than its reader takes.
public final class EventTooLargeException extends IOException {
  EventTooLargeException(int maxEventBytes) {
    super("an event of its stream is larger than " + maxEventBytes + " bytes");
  }
}
