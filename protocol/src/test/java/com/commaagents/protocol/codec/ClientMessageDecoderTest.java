package com.commaagents.protocol.codec;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.commaagents.base.json.Json;
import com.commaagents.protocol.codec.Decoded.Accepted;
import com.commaagents.protocol.codec.Decoded.Invalid;
import com.commaagents.protocol.codec.Decoded.NotJson;
import com.commaagents.protocol.message.ClientMessage.Ping;
import com.commaagents.protocol.message.ClientMessage.SteerRun;
import com.commaagents.protocol.message.ClientMessage.Subscribe;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClientMessageDecoderTest {
  private static final Map<String, String> PROBLEMS =
      Map.ofEntries(
          entry("{'type':'start_run'}", "runId: Required"),
          entry(
              "{'type':'start_run','runId':''}",
              "runId: Expected non-empty string, received an empty string"),
          entry(
              "{'type':'start_run','runId':5}",
              "runId: Expected non-empty string, received number"),
          entry(
              "{'type':'start_run','runId':null}",
              "runId: Expected non-empty string, received null"),
          entry(
              "{'type':'start_run','runId':'r','input':[]}",
              "input: Expected string, received array"),
          entry("{'type':'continue_run','runId':'x'}", "input: Required"),
          entry("{'type':'user_input','runId':'r'}", "agentName: Required; text: Required"),
          entry(
              "{'type':'user_input','text':1}",
              "runId: Required; agentName: Required; text: Expected string, received " + "number"),
          entry(
              "{'type':'prepare_run'}", "strategyPath: prepare_run requires runId or strategyPath"),
          entry(
              "{'type':'prepare_run','strategyPath':null}",
              "strategyPath: Expected non-empty string, received null"),
          entry(
              "{'type':'prepare_run','strategyPath':''}",
              "strategyPath: Expected non-empty string, received an empty string"),
          entry(
              "{'type':'prepare_run','runId':'r','limits':3}",
              "limits: Expected object, received number"),
          entry(
              "" + "{'type':'prepare_run','runId':'r','limits':{'maxTokens':-1,'maxCostUsd':'x'}}",
              "limits.maxTokens: Expected integer of at least 0, received -1; "
                  + "limits.maxCostUsd: Expected number, received 'x'"),
          entry(
              "{'type':'prepare_run','runId':'r','limits':{'maxCostUsd':1e999}}",
              "limits.maxCostUsd: Expected number, received 1E+999"),
          entry(
              "{'type':'permission_decision','runId':'r','permissionRequestId':'p','decision':'maybe'}",
              "decision: Expected one of 'allow' | 'deny' | 'allow-session' | "
                  + "'deny-session', received 'maybe'"),
          entry(
              "{'type':'permission_decision','runId':'r','permissionRequestId':'p','decision':true}",
              "decision: Expected one of 'allow' | 'deny' | 'allow-session' | "
                  + "'deny-session', received boolean"),
          entry(
              "{'type':'steer_run','runId':'r','text':''}",
              "text: Expected non-empty string, received an empty string"),
          entry(
              "{'type':'subscribe','runId':'r','afterSeq':-1}",
              "afterSeq: Expected integer of at least 0, received -1"),
          entry(
              "{'type':'subscribe','runId':'r','afterSeq':1.5}",
              "afterSeq: Expected integer of at least 0, received 1.5"),
          entry(
              "{'type':'subscribe','runId':'r','afterSeq':9223372036854775808}",
              "afterSeq: Expected integer of at least 0, received 9223372036854775808"),
          entry(
              "" + "{'type':'update_policy','runId':'r','mode':'read','allow':'x','deny':['a',1]}",
              "allow: Expected array, received string; deny.1: Expected string, "
                  + "received number"),
          entry(
              "{'type':'list_providers','live':'yes'}", "live: Expected boolean, received string"),
          entry(
              "{'type':'set_credential','providerId':'x','credentialType':'api','apiKey':123456}",
              "apiKey: Expected non-empty string, received number"),
          entry("{'type':'ping','requestId':7}", "requestId: Expected string, received number"),
          entry(
              "{'type':7}",
              "type: Expected one of " + Kinds.words(ClientMessages.ALL.types()) + ", received 7"),
          entry("{}", "type: Required"),
          entry("[1,2]", "(root): Expected object, received array"),
          entry("12", "(root): Expected object, received number"),
          entry("null", "(root): Expected object, received null"),
          entry("'text'", "(root): Expected object, received string"));

  @TestFactory
  Stream<DynamicTest> saysAllThatIsWrong() {
    return PROBLEMS.entrySet().stream()
        .map(row -> dynamicTest(row.getKey(), () -> assertProblems(row.getKey(), row.getValue())));
  }

  @Test
  void echoesARequestIdThatIsAString() {
    assertThat(ClientMessageDecoder.decode("{\"type\":\"bogus\",\"requestId\":\"r-2\"}"))
        .isInstanceOfSatisfying(
            Invalid.class,
            invalid -> {
              assertThat(invalid.requestId()).contains("r-2");
              assertThat(invalid.code()).isEqualTo("VALIDATION_ERROR");
              assertThat(invalid.message())
                  .startsWith("Invalid message: type: Expected one of '")
                  .endsWith("', received 'bogus'");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{nope",
        "{",
        "[1",
        "{\"type\":\"ping\"}}",
        "{\"type\":\"ping\"} x",
        "{} {}",
        "{'type':'ping'}",
        "NaN",
        "{\"a\":01}",
        "{\"a\":\"\\ud8\"}",
        "{\"x\":[}",
        "{\"a\" 1}",
        "tru"
      })
  void takesWhatIsNotJsonForThat(String text) {
    assertThat(ClientMessageDecoder.decode(text)).isEqualTo(new NotJson());
    assertThat(ClientMessageDecoder.decode(text.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new NotJson());
    assertThat(new NotJson().code()).isEqualTo("PARSE_ERROR");
    assertThat(new NotJson().message()).isEqualTo("Invalid JSON");
  }

  @Test
  void takesBytesThatAreNotUtf8ForNotJson() {
    String ping = "{\"type\":\"ping\"}";
    assertThat(ClientMessageDecoder.decode(ping.getBytes(StandardCharsets.UTF_16LE)))
        .isEqualTo(new NotJson());
    byte[] broken = "{\"type\":\"ping\",\"x\":\"?\"}".getBytes(StandardCharsets.UTF_8);
    broken[broken.length - 3] = (byte) 0xff;
    assertThat(ClientMessageDecoder.decode(broken)).isEqualTo(new NotJson());
  }

  @Test
  void ignoresFieldsItDoesNotKnow() {
    assertThat(
            ClientMessageDecoder.decode(
                "{\"later\":{\"a\":[1,{}]},\"type\":\"ping\",\"runId\":5,\"x\":null}"))
        .isEqualTo(new Accepted(new Ping(Optional.empty())));
  }

  @Test
  void takesTheLaterOfTwoFieldsOfOneName() {
    assertThat(
            ClientMessageDecoder.decode(
                "{\"type\":\"bogus\",\"requestId\":1,\"type\":\"ping\",\"requestId\":\"b\"}"))
        .isEqualTo(new Accepted(new Ping(Optional.of("b"))));
  }

  @Test
  void keepsASurrogateWithoutItsPartner() {
    String request = "{\"type\":\"steer_run\",\"runId\":\"r\",\"text\":\"a\\ud83d\"}";
    SteerRun expected = new SteerRun("r", "a\ud83d", Optional.empty());
    assertThat(ClientMessageDecoder.decode(request)).isEqualTo(new Accepted(expected));
    assertThat(ClientMessageEncoder.encode(expected)).asString().isEqualTo(request);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "5.0", "5e0", "0.5e1"})
  void takesAWholeNumberHoweverItIsWritten(String number) {
    assertThat(
            ClientMessageDecoder.decode(
                "{\"type\":\"subscribe\",\"runId\":\"r\",\"afterSeq\":" + number + "}"))
        .isEqualTo(new Accepted(new Subscribe("r", OptionalLong.of(5), Optional.empty())));
  }

  @Test
  void readsNestingUpToTheLimitAndNoFurther() {
    assertThat(ClientMessageDecoder.decode(nested(Json.MAX_DEPTH - 1)))
        .isInstanceOf(Accepted.class);
    assertThat(ClientMessageDecoder.decode(nested(Json.MAX_DEPTH))).isEqualTo(new NotJson());
    assertThat(ClientMessageDecoder.decode(nested(1_000_000))).isEqualTo(new NotJson());
  }

  @Test
  void readsNumbersUpToTheLimitAndNoFurther() {
    String digits = "1".repeat(1_000);
    assertThat(ClientMessageDecoder.decode("{\"type\":\"ping\",\"x\":" + digits + "}"))
        .isEqualTo(new Accepted(new Ping(Optional.empty())));
    assertThat(ClientMessageDecoder.decode("{\"type\":\"list_runs\",\"limit\":" + digits + "1}"))
        .isEqualTo(new NotJson());
  }

  @Test
  void readsValuesUpToTheLimitAndNoFurther() {
    assertThat(ClientMessageDecoder.decode(allowing(RequestTree.MAX_VALUES)))
        .isInstanceOf(Accepted.class);
    assertThat(ClientMessageDecoder.decode(allowing(RequestTree.MAX_VALUES + 1)))
        .isEqualTo(
            new Invalid(Optional.of("r-1"), "Invalid message: (root): More than 100000 values"));
  }

  @Test
  void showsNoSecret() {
    String request =
        "{\"type\":\"set_credential\",\"providerId\":\"p\",\"credentialType\":\"api\","
            + "\"apiKey\":\"hidden-1\",\"oauthToken\":\"hidden-2\",\"customData\":%s}";
    assertThat(ClientMessageDecoder.decode(request.formatted("{\"k\":\"hidden-3\"}")).toString())
        .startsWith("Accepted")
        .doesNotContain("hidden");
    assertThat(ClientMessageDecoder.decode(request.formatted("\"hidden-3\"")).toString())
        .startsWith("Invalid")
        .doesNotContain("hidden");
  }

  @Test
  void repeatsLittleOfALongValueAndTellsAFewOfManyProblems() {
    String request =
        "{\"type\":\"update_policy\",\"runId\":\"r\",\"mode\":\"%s\",\"allow\":[%s1]}"
            .formatted("m".repeat(100_000), "1,".repeat(99));
    assertThat(ClientMessageDecoder.decode(request))
        .isInstanceOfSatisfying(
            Invalid.class,
            invalid ->
                assertThat(invalid.message())
                    .contains("received '" + "m".repeat(Kinds.MAX_ECHO) + "…'")
                    .endsWith("allow.18: Expected string, received number; and 81 more")
                    .hasSizeLessThan(2_000));
  }

  private static void assertProblems(String json, String problems) {
    assertThat(ClientMessageDecoder.decode(json.replace('\'', '"')))
        .isEqualTo(new Invalid(Optional.empty(), "Invalid message: " + problems));
  }

  private static String nested(int depth) {
    return "{\"type\":\"ping\",\"x\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
  }

  private static String allowing(int values) {
    return "{\"type\":\"update_policy\",\"runId\":\"r\",\"mode\":\"read\",\"allow\":["
        + "\"\",".repeat(values - 1)
        + "\"\"],\"requestId\":\"r-1\"}";
  }
}
