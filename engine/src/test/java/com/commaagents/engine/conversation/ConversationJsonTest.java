package com.commaagents.engine.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class ConversationJsonTest {
  private static final String RECORD =
      """
      {"id":"r","agentName":"a","createdAt":"2026-11-22T06:36:15.582Z",\
      "userMessage":{"role":"user","content":"hi"},"responseMessages":[{"role":"assistant",\
      "content":[{"type":"text","text":"ok"}]}],"text":"ok",\
      "usage":{"promptTokens":1,"completionTokens":2},"finishReason":"stop"}\
      """;

  /// As the public daemon wrote it.
  private static final String RETENTION_EVENT =
      """
      {"id":"a6232030","agentName":"talker","createdAt":"2026-11-22T06:36:15.582Z",\
      "kind":"compaction","reason":"record-count","trigger":{"model":"openai-compatible/seen",\
      "contextUsage":{"totalTokens":11,"inputTokens":10,"outputTokens":1,"inputTokenDetails":\
      {"noCacheTokens":10,"cacheReadTokens":0},"outputTokenDetails":{"textTokens":1,\
      "reasoningTokens":0}},"thresholdRatio":0.85,"activeRecordCount":3,"recordThreshold":2},\
      "recordsCompacted":2,"recordsRetained":1,"summaryRecord":{"id":"67986b5f",\
      "agentName":"talker","createdAt":"2026-11-22T06:36:15.582Z","userMessage":{"role":"user",\
      "content":"[Earlier conversation compacted - summary follows.]"},"responseMessages":\
      [{"role":"assistant","content":[{"type":"text","text":"seen:6:suauau"}]}],\
      "text":"seen:6:suauau","usage":{"promptTokens":0,"completionTokens":0},\
      "finishReason":"stop","status":"active"},"supersededRecordIds":["e93bf718","f39e550d"],\
      "insertBeforeRecordId":"8d736225"}\
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "one-agent-1-completed",
        "one-agent-2-completed",
        "rolling-1-completed",
        "think-1-completed",
        "tools-1-completed"
      })
  void writesARecordOfThePublicDaemonAsItWas(String timeline) throws IOException {
    List<String> records = records(timeline);

    assertThat(records).isNotEmpty();
    assertThat(records.stream().map(ConversationJsonTest::rewritten)).isEqualTo(records);
  }

  @Test
  void writesARetentionEventOfThePublicDaemonAsItWas() {
    RetentionEvent event =
        ConversationJson.retentionEvent(Json.parse(RETENTION_EVENT).orElseThrow()).orElseThrow();

    assertThat(Json.write(ConversationJson.write(event))).isEqualTo(RETENTION_EVENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"text\",\"text\":\"x\",\"providerOptions\":{\"p\":{\"itemId\":\"1\"}}}",
        "{\"type\":\"reasoning\",\"text\":\"x\",\"providerOptions\":{\"p\":1},\"more\":[]}",
        "{\"type\":\"tool-call\",\"toolCallId\":\"1\",\"toolName\":\"t\",\"input\":\"{nope\"}",
        "{\"type\":\"tool-call\",\"toolCallId\":\"1\",\"toolName\":\"t\",\"input\":{},\"x\":1}",
        "{\"type\":\"tool-result\",\"toolCallId\":\"1\",\"toolName\":\"t\",\"output\":"
            + "{\"type\":\"json\",\"value\":{\"a\":[1]}}}",
        "{\"type\":\"tool-result\",\"toolCallId\":\"1\",\"toolName\":\"t\",\"output\":"
            + "{\"type\":\"error-json\",\"value\":null,\"providerOptions\":{}},\"more\":true}",
        "{\"type\":\"tool-result\",\"toolCallId\":\"1\",\"toolName\":\"t\",\"output\":"
            + "{\"type\":\"content\",\"value\":[]}}",
        "{\"type\":\"file\",\"data\":\"…\"}",
        "{\"type\":\"text\",\"text\":5}",
        "{\"type\":\"reasoning\",\"text\":\"x\",\"providerOptions\":5}",
        "{\"type\":\"tool-call\",\"toolName\":\"t\",\"input\":{}}",
        "{\"no\":\"type\"}",
        "\"not an object\"",
        "null"
      })
  void keepsAPartItDoesNotKnowAsItCame(String part) {
    String record = RECORD.replace("{\"type\":\"text\",\"text\":\"ok\"}", part);

    assertThat(rewritten(record)).isEqualTo(record);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"contextUsage\":{\"totalTokens\":5},",
        "\"contextUsage\":{\"totalTokens\":5,\"inputTokenDetails\":{},\"outputTokenDetails\":{}},",
        "\"contextUsage\":{\"totalTokens\":5,\"inputTokens\":3,\"inputTokenDetails\":"
            + "{\"noCacheTokens\":1,\"cacheReadTokens\":1,\"cacheWriteTokens\":1}},"
      })
  void keepsContextUsage(String field) {
    String record = RECORD.replace("\"finishReason\"", field + "\"finishReason\"");

    assertThat(rewritten(record)).isEqualTo(record);
  }

  @Test
  void keepsUnknownFieldsOfARecordAndThatItIsSuperseded() {
    String record =
        RECORD.substring(0, RECORD.length() - 1)
            + ",\"status\":\"superseded\",\"supersededBy\":\"s\",\"future\":{\"a\":1}}";

    assertThat(rewritten(record)).isEqualTo(record);
  }

  @Test
  void takesAnActiveRecordForOneWithoutAStatus() {
    String record = RECORD.substring(0, RECORD.length() - 1) + ",\"status\":\"active\"}";

    assertThat(rewritten(record)).isEqualTo(RECORD);
  }

  static Stream<JsonNode> brokenRecords() {
    ObjectNode whole = (ObjectNode) Json.parse(RECORD).orElseThrow();
    Stream<JsonNode> without =
        whole.propertyNames().stream().map(field -> whole.deepCopy().without(field));
    Stream<JsonNode> wrong =
        whole.propertyNames().stream().map(field -> whole.deepCopy().put(field, true));
    Stream<JsonNode> other =
        Stream.of(
                "null",
                "[]",
                "\"x\"",
                RECORD.replace("06:36", "99:36"),
                RECORD.replace("\"id\":\"r\"", "\"id\":\"\""),
                RECORD.replace("\"role\":\"user\"", "\"role\":\"assistant\""),
                RECORD.replace("\"role\":\"assistant\"", "\"role\":\"user\""),
                RECORD.replace("\"content\":\"hi\"", "\"content\":null"),
                RECORD.replace("\"promptTokens\":1", "\"promptTokens\":-1"),
                RECORD.replace("\"promptTokens\":1", "\"promptTokens\":1e99"))
            .map(text -> Json.parse(text).orElseThrow());
    return Stream.of(without, wrong, other).flatMap(all -> all);
  }

  @ParameterizedTest
  @MethodSource("brokenRecords")
  void readsNoRecordFromWhatIsBroken(JsonNode broken) {
    assertThat(ConversationJson.record(broken)).isEmpty();
  }

  static Stream<JsonNode> brokenEvents() {
    ObjectNode whole = (ObjectNode) Json.parse(RETENTION_EVENT).orElseThrow();
    return whole.propertyNames().stream()
        .filter(field -> !field.equals("insertBeforeRecordId"))
        .flatMap(
            field -> Stream.of(whole.deepCopy().without(field), whole.deepCopy().put(field, true)));
  }

  @ParameterizedTest
  @MethodSource("brokenEvents")
  void readsNoRetentionEventFromWhatIsBroken(JsonNode broken) {
    assertThat(ConversationJson.retentionEvent(broken)).isEmpty();
  }

  private static List<String> records(String timeline) throws IOException {
    String name = "/timelines/" + timeline + ".jsonl";
    try (var in = Objects.requireNonNull(ConversationJsonTest.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> Json.parse(line).orElseThrow().path("record"))
          .filter(JsonNode::isObject)
          .map(Json::write)
          .toList();
    }
  }

  private static String rewritten(String record) {
    return Json.write(
        ConversationJson.write(
            ConversationJson.record(Json.parse(record).orElseThrow()).orElseThrow()));
  }
}
