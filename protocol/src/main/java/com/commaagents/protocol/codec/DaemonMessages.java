package com.commaagents.protocol.codec;

import com.commaagents.protocol.message.DaemonMessage;
import java.util.stream.Stream;

/// Every message of the daemon and its fields.
final class DaemonMessages {
  static final Variants<DaemonMessage> ALL =
      Variants.of(
          Stream.of(RunEvents.all(), Replies.all(), RunNotices.all())
              .flatMap(shapes -> shapes)
              .toList());

  private DaemonMessages() {}
}
