package com.commaagents.engine.agent;

import com.commaagents.engine.conversation.CallRecord;
import com.commaagents.engine.conversation.ContextUsage;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.StoredRecord;
import com.commaagents.strategy.definition.AgentDefinition.Retention;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The active records of one agent, oldest first. What is superseded stays on the timeline only.
///
/// What is restored is read when it is needed first: many runs are prepared only to be looked at.
final class Memory {
  private final int capacity;
  private List<StoredRecord> unread = List.of();
  private final List<CallRecord> active = new ArrayList<>();

  private Memory(int capacity) {
    this.capacity = capacity;
  }

  /// What an agent may need: all it has said, but without summaries of it only the window that goes
  /// into a prompt.
  static Memory of(Retention retention) {
    return new Memory(
        retention.compaction().enabled()
            ? Integer.MAX_VALUE
            : retention.rollingWindow().orElse(Integer.MAX_VALUE));
  }

  /// Before anything else.
  void restore(List<StoredRecord> records) {
    List<StoredRecord> all = records.stream().filter(StoredRecord::active).toList();
    unread = all.subList(Math.max(0, all.size() - capacity), all.size());
  }

  void add(CallRecord record) {
    active().add(record);
    if (active.size() > capacity) {
      active.removeFirst();
    }
  }

  int size() {
    return active().size();
  }

  /// The oldest records, without the newest `kept`.
  List<CallRecord> allBut(int kept) {
    return List.copyOf(active().subList(0, Math.max(0, active().size() - kept)));
  }

  /// How full the context was after the last call; empty when nobody knows.
  Optional<ContextUsage> lastContextUsage() {
    return active().isEmpty() ? Optional.empty() : active().getLast().contextUsage();
  }

  /// The id of the record at an index, where there is one.
  Optional<String> idAt(int index) {
    return index < active().size() ? Optional.of(active().get(index).id()) : Optional.empty();
  }

  /// Puts a summary in the place of the oldest `count` records.
  void compact(int count, CallRecord summary) {
    active().subList(0, count).clear();
    active().addFirst(summary);
  }

  /// What was said, for a prompt.
  ///
  /// @param window the newest records that count; empty: all
  List<Message> messages(OptionalInt window) {
    int from = Math.max(0, active().size() - window.orElse(Integer.MAX_VALUE));
    List<Message> messages = new ArrayList<>();
    for (CallRecord record : active().subList(from, active().size())) {
      messages.add(record.userMessage());
      messages.addAll(record.responseMessages());
    }
    return messages;
  }

  private List<CallRecord> active() {
    if (!unread.isEmpty()) {
      unread.stream().map(StoredRecord::read).forEach(active::add);
      unread = List.of();
    }
    return active;
  }
}
