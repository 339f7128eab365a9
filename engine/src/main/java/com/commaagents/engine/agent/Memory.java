package com.commaagents.engine.agent;

import com.commaagents.engine.conversation.CallRecord;
import com.commaagents.engine.conversation.ContextUsage;
import com.commaagents.engine.conversation.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The active records of one agent, oldest first. What is superseded stays on the timeline only.
final class Memory {
  private final List<CallRecord> active = new ArrayList<>();

  void restore(List<CallRecord> records) {
    records.stream().filter(CallRecord::active).forEach(active::add);
  }

  void add(CallRecord record) {
    active.add(record);
  }

  int size() {
    return active.size();
  }

  /// The oldest records, without the newest `kept`.
  List<CallRecord> allBut(int kept) {
    return List.copyOf(active.subList(0, Math.max(0, active.size() - kept)));
  }

  /// How full the context was after the last call; empty when nobody knows.
  Optional<ContextUsage> lastContextUsage() {
    return active.isEmpty() ? Optional.empty() : active.getLast().contextUsage();
  }

  /// The id of the record at an index, where there is one.
  Optional<String> idAt(int index) {
    return index < active.size() ? Optional.of(active.get(index).id()) : Optional.empty();
  }

  /// Puts a summary in the place of the oldest `count` records.
  void compact(int count, CallRecord summary) {
    active.subList(0, count).clear();
    active.addFirst(summary);
  }

  /// What was said, for a prompt.
  ///
  /// @param window the newest records that count; empty: all
  List<Message> messages(OptionalInt window) {
    int from = Math.max(0, active.size() - window.orElse(Integer.MAX_VALUE));
    List<Message> messages = new ArrayList<>();
    for (CallRecord record : active.subList(from, active.size())) {
      messages.add(record.userMessage());
      messages.addAll(record.responseMessages());
    }
    return messages;
  }
}
