package com.commaagents.engine.conversation;

import com.commaagents.base.json.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A record in the form in which it is kept and sent, and what has to be known of it without
/// reading it. A long conversation takes a fraction of the room in this form.
///
/// @param supersededBy the summary record that took its place; empty: it is active
/// @param json the whole record, written by [ConversationJson]
public record StoredRecord(
    String id, String agentName, Optional<String> supersededBy, RawJson json) {
  public static StoredRecord of(CallRecord record) {
    return new StoredRecord(
        record.id(),
        record.agentName(),
        record.supersededBy(),
        RawJson.of(ConversationJson.write(record)));
  }

  /// Whether it is still part of the prompt.
  public boolean active() {
    return supersededBy.isEmpty();
  }

  public CallRecord read() {
    return ConversationJson.record(json.read())
        .orElseThrow(() -> new IllegalStateException("not a record: " + id));
  }

  /// Says so at the end of its text, which stands as it is.
  StoredRecord supersededBy(String summaryId) {
    if (!active()) {
      return of(read().supersededBy(summaryId));
    }
    byte[] fields =
        ConversationJson.superseded(summaryId).toString().getBytes(StandardCharsets.UTF_8);
    byte[] marked = new byte[json.length() + fields.length - 1];
    int end = json.copyTo(marked, 0) - 1;
    marked[end] = ',';
    System.arraycopy(fields, 1, marked, end + 1, fields.length - 1);
    return new StoredRecord(id, agentName, Optional.of(summaryId), RawJson.trusted(marked));
  }
}
