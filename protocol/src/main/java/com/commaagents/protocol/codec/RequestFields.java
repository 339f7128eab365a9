package com.commaagents.protocol.codec;

import com.commaagents.protocol.message.ClientMessage;

/// What several requests have in common.
final class RequestFields {
  static final Field<String> REQUEST_ID = new Field<>("requestId", Kinds.TEXT);
  static final Field<String> RUN_ID = new Field<>("runId", Kinds.NAME);
  static final Field<String> STRATEGY_PATH = new Field<>("strategyPath", Kinds.NAME);
  static final Field<String> CWD = new Field<>("cwd", Kinds.NAME);

  private RequestFields() {}

  /// A request's shape; every one ends in an optional `requestId`.
  static <M extends ClientMessage> Shape.Builder<M> request(String type, Class<M> of) {
    return Shape.typed(type, of, fields -> fields.optional(REQUEST_ID, ClientMessage::requestId));
  }
}
