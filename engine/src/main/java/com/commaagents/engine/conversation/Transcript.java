package com.commaagents.engine.conversation;

import com.commaagents.base.json.Json;
import com.commaagents.base.json.RawJson;
import com.commaagents.engine.conversation.Conversation.Input;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// What was said in a run, as it is shown and as agents get it back. Immutable.
///
/// Bounded: it shows the newest of a long conversation, see [Conversation], and counts the rest.
///
/// @param earlier active records from before those that are shown, oldest first
/// @param shown the newest records in order, superseded ones and summaries too
/// @param retentionEvents the newest compactions in order, written by [ConversationJson]
/// @param inputs the newest human prompts in order
/// @param promptIsOpen whether the last prompt waits for its first record
/// @param left what is not shown any more
public record Transcript(
    List<StoredRecord> earlier,
    List<StoredRecord> shown,
    List<RawJson> retentionEvents,
    List<Input> inputs,
    boolean promptIsOpen,
    LeftOut left) {
  public Transcript {
    earlier = List.copyOf(earlier);
    shown = List.copyOf(shown);
    retentionEvents = List.copyOf(retentionEvents);
    inputs = List.copyOf(inputs);
  }

  /// Nothing was said yet.
  public static final Transcript EMPTY = new Conversation().transcript();

  /// How many are not shown because they are too old.
  public record LeftOut(long records, long retentionEvents, long inputs) {
    public static final LeftOut NONE = new LeftOut(0, 0, 0);
  }

  /// What is part of prompts, oldest first.
  public List<StoredRecord> active() {
    return Stream.concat(earlier.stream(), shown.stream()).filter(StoredRecord::active).toList();
  }

  /// The records that are shown.
  public List<CallRecord> records() {
    return shown.stream().map(StoredRecord::read).toList();
  }

  /// The form in which clients get it; made of the records as they are, which are not copied.
  public RawJson json() {
    List<RawJson> records = shown.stream().map(StoredRecord::json).toList();
    List<RawJson> prompts = inputs.stream().map(Transcript::json).toList();
    List<RawJson> pieces = new ArrayList<>();
    list("{\"records\":[", records, pieces);
    list("],\"retentionEvents\":[", retentionEvents, pieces);
    list("],\"inputs\":[", prompts, pieces);
    if (left.equals(LeftOut.NONE)) {
      pieces.add(piece("]}"));
    } else {
      pieces.add(piece("],\"leftOut\":"));
      pieces.add(json(left));
      pieces.add(piece("}"));
    }
    return RawJson.trusted(pieces);
  }

  private static RawJson json(Input input) {
    ObjectNode json = Json.object().put("text", input.text());
    input.beforeRecordId().ifPresent(id -> json.put("beforeRecordId", id));
    return RawJson.of(json);
  }

  private static RawJson json(LeftOut left) {
    return RawJson.of(
        Json.object()
            .put("records", left.records())
            .put("retentionEvents", left.retentionEvents())
            .put("inputs", left.inputs()));
  }

  private static void list(String before, List<RawJson> values, List<RawJson> pieces) {
    RawJson comma = piece(",");
    pieces.add(piece(before));
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        pieces.add(comma);
      }
      pieces.add(values.get(i));
    }
  }

  private static RawJson piece(String text) {
    return RawJson.trusted(text.getBytes(StandardCharsets.US_ASCII));
  }
}
