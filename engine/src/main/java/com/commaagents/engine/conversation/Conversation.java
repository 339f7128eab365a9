package com.commaagents.engine.conversation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What was said in a run, rebuilt by walking its events in order: human prompts, records,
/// compactions. Not thread-safe. Every change takes constant time per record it touches; what it
/// holds is bounded by the timeline it was read from.
public final class Conversation {
  private final Map<String, Entry> byId = new HashMap<>();
  private final List<RetentionEvent> retentionEvents = new ArrayList<>();
  private final List<Input> inputs = new ArrayList<>();
  private final Entry head = new Entry(null);
  private Entry last = head;
  private Optional<String> unanchored = Optional.empty();

  /// A human prompt; it is anchored to the first record that follows it.
  public void prompt(String text) {
    closePrompt();
    unanchored = Optional.of(text);
  }

  /// A finished call.
  public void add(CallRecord record) {
    unanchored.ifPresent(text -> inputs.add(new Input(text, Optional.of(record.id()))));
    unanchored = Optional.empty();
    append(new Entry(record));
  }

  /// A compaction: marks the superseded records and inserts the summary. A record it names that is
  /// not here is passed over; where the place of the summary is not here, it goes to the end.
  public void apply(RetentionEvent event) {
    retentionEvents.add(event);
    for (String id : event.supersededRecordIds()) {
      Entry entry = byId.get(id);
      if (entry != null && entry.record != null) {
        entry.record = entry.record.supersededBy(event.summaryRecord().id());
      }
    }
    Entry summary = new Entry(event.summaryRecord());
    Optional<Entry> next = event.insertBeforeRecordId().map(byId::get);
    if (next.isPresent()) {
      insertBefore(next.get(), summary);
    } else {
      append(summary);
    }
  }

  /// Ends the prompt that is still without a record, if any: it stands without an anchor. To be
  /// called where a segment ends.
  public void closePrompt() {
    unanchored.ifPresent(text -> inputs.add(new Input(text, Optional.empty())));
    unanchored = Optional.empty();
  }

  /// All records in order, superseded ones and summaries too.
  public List<CallRecord> records() {
    List<CallRecord> records = new ArrayList<>();
    for (Entry entry = head.next; entry != null; entry = entry.next) {
      if (entry.record != null) {
        records.add(entry.record);
      }
    }
    return List.copyOf(records);
  }

  public List<RetentionEvent> retentionEvents() {
    return List.copyOf(retentionEvents);
  }

  /// The human prompts in order, with the last one even when no record has followed it.
  public List<Input> inputs() {
    List<Input> all = new ArrayList<>(inputs);
    unanchored.ifPresent(text -> all.add(new Input(text, Optional.empty())));
    return List.copyOf(all);
  }

  private void append(Entry entry) {
    last.next = entry;
    entry.previous = last;
    last = entry;
    index(entry);
  }

  private void insertBefore(Entry next, Entry entry) {
    Entry previous = next.previous == null ? head : next.previous;
    previous.next = entry;
    entry.previous = previous;
    entry.next = next;
    next.previous = entry;
    index(entry);
  }

  private void index(Entry entry) {
    if (entry.record != null) {
      byId.put(entry.record.id(), entry);
    }
  }

  /// A human prompt.
  ///
  /// @param beforeRecordId the first record that followed it; empty where none did
  public record Input(String text, Optional<String> beforeRecordId) {}

  // A linked list: compactions insert in the middle, and there may be as many of them as records.
  private static final class Entry {
    @Nullable CallRecord record;
    @Nullable Entry previous;
    @Nullable Entry next;

    Entry(@Nullable CallRecord record) {
      this.record = record;
    }
  }
}
