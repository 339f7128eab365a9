package com.commaagents.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.engine.conversation.CallRecord;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.StoredRecord;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.strategy.definition.AgentDefinition.Compaction;
import com.commaagents.strategy.definition.AgentDefinition.Retention;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class MemoryTest {
  private static final OptionalInt ALL = OptionalInt.empty();

  @Test
  void keepsNoMoreThanTheWindowWhereNothingIsSummarised() {
    Memory memory = Memory.of(new Retention(OptionalInt.of(2), Compaction.OFF));
    memory.restore(Stream.of("1", "2", "3").map(MemoryTest::stored).toList());
    assertThat(memory.size()).isEqualTo(2);

    memory.add(record("4"));

    assertThat(memory.messages(ALL)).containsExactly(Message.user("3"), Message.user("4"));
  }

  @Test
  void keepsAllThatMayBeSummarised() {
    Memory memory = Memory.of(new Retention(OptionalInt.of(1), Compaction.DEFAULT));
    memory.restore(List.of(stored("1"), stored("2")));
    memory.add(record("3"));

    assertThat(memory.size()).isEqualTo(3);
    assertThat(memory.messages(OptionalInt.of(1))).containsExactly(Message.user("3"));
  }

  @Test
  void takesBackWhatIsActive() {
    Memory memory = Memory.of(Retention.DEFAULT);
    memory.restore(
        List.of(StoredRecord.of(record("1").supersededBy("s")), stored("s"), stored("2")));

    assertThat(memory.messages(ALL)).containsExactly(Message.user("s"), Message.user("2"));
  }

  private static StoredRecord stored(String id) {
    return StoredRecord.of(record(id));
  }

  private static CallRecord record(String id) {
    return new CallRecord(
        id,
        "a",
        Instant.EPOCH,
        Message.user(id),
        List.of(),
        "",
        Usage.NONE,
        Optional.empty(),
        FinishReason.STOP,
        Optional.empty());
  }
}
