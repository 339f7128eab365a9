package com.commaagents.engine.conversation;

import com.commaagents.base.json.RawJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What was said in a run, rebuilt by walking its events in order: human prompts, records,
/// compactions. Not thread-safe. Every change takes constant time per record it touches.
///
/// Limits: past [#MAX_RECORD_BYTES], [#MAX_RETENTION_EVENT_BYTES] and [#MAX_INPUT_CHARACTERS] the
/// oldest records, compactions and prompts are not shown any more. An active record is kept all the
/// same until a summary takes its place, because its agent needs it; but past [#MAX_EARLIER_BYTES]
/// of such records, which together with those that are shown is more than a model takes, the oldest
/// of them go too.
public final class Conversation {
  public static final int MAX_RECORD_BYTES = 32 << 20;
  public static final int MAX_EARLIER_BYTES = 32 << 20;
  public static final int MAX_RETENTION_EVENT_BYTES = 8 << 20;
  public static final int MAX_INPUT_CHARACTERS = 8 << 20;

  /// How much is shown, so that a client can take it in one message: the newest up to so many bytes
  /// of JSON, but at least the newest one of each.
  ///
  /// @param recordBytes of records
  /// @param earlierBytes of active records that are not shown
  /// @param retentionEventBytes of compactions
  /// @param inputCharacters of human prompts
  record Limits(
      long recordBytes, long earlierBytes, long retentionEventBytes, long inputCharacters) {
    static final Limits USUAL =
        new Limits(
            MAX_RECORD_BYTES, MAX_EARLIER_BYTES, MAX_RETENTION_EVENT_BYTES, MAX_INPUT_CHARACTERS);
  }

  private final Limits limits;
  private final Map<String, Entry> byId = new HashMap<>();
  private final Newest<RawJson> retentionEvents;
  private final Newest<Input> inputs;
  private final Entry head = new Entry(null);
  private Entry last = head;
  private @Nullable Entry firstShown;
  private long shownBytes;
  private long earlierBytes;
  private long recordsLeftOut;
  private Optional<String> unanchored = Optional.empty();

  public Conversation() {
    this(Limits.USUAL);
  }

  Conversation(Limits limits) {
    this.limits = limits;
    retentionEvents = new Newest<>(limits.retentionEventBytes(), RawJson::length);
    inputs = new Newest<>(limits.inputCharacters(), input -> input.text().length());
  }

  /// Goes on from where another one stood.
  public static Conversation from(Transcript transcript) {
    return from(transcript, Limits.USUAL);
  }

  static Conversation from(Transcript transcript, Limits limits) {
    Conversation conversation = new Conversation(limits);
    conversation.restore(transcript);
    return conversation;
  }

  Limits limits() {
    return limits;
  }

  /// A human prompt; it is anchored to the first record that follows it.
  public void prompt(String text) {
    closePrompt();
    unanchored = Optional.of(text);
  }

  /// A finished call.
  public void add(CallRecord record) {
    unanchored.ifPresent(text -> inputs.add(new Input(text, Optional.of(record.id()))));
    unanchored = Optional.empty();
    show(new Entry(StoredRecord.of(record)));
  }

  /// A compaction: marks the superseded records and inserts the summary. A record it names that is
  /// not here is passed over; where the place of the summary is not here, it goes to the end.
  public void apply(RetentionEvent event) {
    retentionEvents.add(RawJson.of(ConversationJson.write(event)));
    for (String id : event.supersededRecordIds()) {
      Entry entry = byId.get(id);
      if (entry != null) {
        supersede(entry, event.summaryRecord().id());
      }
    }
    Entry summary = new Entry(StoredRecord.of(event.summaryRecord()));
    Optional<Entry> next = event.insertBeforeRecordId().map(byId::get);
    if (next.isPresent()) {
      insertBefore(next.get(), summary);
    } else {
      show(summary);
    }
  }

  /// Ends the prompt that is still without a record, if any: it stands without an anchor. To be
  /// called where a segment ends.
  public void closePrompt() {
    unanchored.ifPresent(text -> inputs.add(new Input(text, Optional.empty())));
    unanchored = Optional.empty();
  }

  /// What it has come to.
  public Transcript transcript() {
    List<StoredRecord> earlier = new ArrayList<>();
    List<StoredRecord> shown = new ArrayList<>();
    for (Entry entry = head.next; entry != null; entry = entry.next) {
      (entry.shown ? shown : earlier).add(entry.stored());
    }
    List<Input> prompts = new ArrayList<>(inputs.values());
    unanchored.ifPresent(text -> prompts.add(new Input(text, Optional.empty())));
    return new Transcript(
        earlier,
        shown,
        retentionEvents.values(),
        prompts,
        unanchored.isPresent(),
        new Transcript.LeftOut(recordsLeftOut, retentionEvents.leftOut(), inputs.leftOut()));
  }

  private void restore(Transcript transcript) {
    for (StoredRecord record : transcript.earlier()) {
      Entry entry = new Entry(record);
      append(entry);
      earlierBytes += entry.bytes();
    }
    transcript.shown().forEach(record -> show(new Entry(record)));
    recordsLeftOut = transcript.left().records();
    retentionEvents.restore(transcript.retentionEvents(), transcript.left().retentionEvents());
    List<Input> prompts = transcript.inputs();
    int closed = transcript.promptIsOpen() ? prompts.size() - 1 : prompts.size();
    inputs.restore(prompts.subList(0, closed), transcript.left().inputs());
    if (transcript.promptIsOpen()) {
      unanchored = Optional.of(prompts.getLast().text());
    }
  }

  private void show(Entry entry) {
    append(entry);
    entry.shown = true;
    shownBytes += entry.bytes();
    if (firstShown == null) {
      firstShown = entry;
    }
    leaveOutOldest();
  }

  private void supersede(Entry entry, String summaryId) {
    if (!entry.shown) {
      forgetEarlier(entry);
      return;
    }
    shownBytes -= entry.bytes();
    entry.record = entry.stored().supersededBy(summaryId);
    shownBytes += entry.bytes();
    leaveOutOldest();
  }

  /// INVARIANT: what is not shown stands before all that is.
  private void insertBefore(Entry next, Entry entry) {
    Entry previous = next.previous == null ? head : next.previous;
    link(previous, entry);
    link(entry, next);
    index(entry);
    if (!next.shown) {
      recordsLeftOut++;
      keepEarlier(entry);
      return;
    }
    entry.shown = true;
    shownBytes += entry.bytes();
    if (firstShown == next) {
      firstShown = entry;
    }
    leaveOutOldest();
  }

  private void leaveOutOldest() {
    while (shownBytes > limits.recordBytes() && firstShown != null && firstShown != last) {
      Entry oldest = firstShown;
      firstShown = oldest.next;
      oldest.shown = false;
      shownBytes -= oldest.bytes();
      recordsLeftOut++;
      if (oldest.stored().active()) {
        keepEarlier(oldest);
      } else {
        remove(oldest);
      }
    }
  }

  private void keepEarlier(Entry entry) {
    earlierBytes += entry.bytes();
    Entry oldest = head.next;
    while (earlierBytes > limits.earlierBytes() && oldest != null && !oldest.shown) {
      forgetEarlier(oldest);
      oldest = head.next;
    }
  }

  private void forgetEarlier(Entry entry) {
    earlierBytes -= entry.bytes();
    remove(entry);
  }

  private void append(Entry entry) {
    link(last, entry);
    last = entry;
    index(entry);
  }

  private void remove(Entry entry) {
    Entry previous = entry.previous == null ? head : entry.previous;
    previous.next = entry.next;
    if (entry.next == null) {
      last = previous;
    } else {
      entry.next.previous = previous;
    }
    byId.remove(entry.stored().id(), entry);
  }

  private static void link(Entry first, Entry second) {
    first.next = second;
    second.previous = first;
  }

  private void index(Entry entry) {
    byId.put(entry.stored().id(), entry);
  }

  /// A human prompt.
  ///
  /// @param beforeRecordId the first record that followed it; empty where none did
  public record Input(String text, Optional<String> beforeRecordId) {}

  // A linked list: compactions insert in the middle, and there may be as many of them as records.
  private static final class Entry {
    @Nullable StoredRecord record;
    @Nullable Entry previous;
    @Nullable Entry next;
    boolean shown;

    Entry(@Nullable StoredRecord record) {
      this.record = record;
    }

    /// What every entry but the head holds.
    StoredRecord stored() {
      if (record == null) {
        throw new IllegalStateException("the head of the list holds nothing");
      }
      return record;
    }

    int bytes() {
      return stored().json().length();
    }
  }
}
