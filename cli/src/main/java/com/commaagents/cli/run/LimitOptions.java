package com.commaagents.cli.run;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.json.Json;
import com.commaagents.cli.arguments.Arguments;
import com.commaagents.cli.arguments.Option;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The options that limit a run, and what they are in `prepare_run.limits`.
public final class LimitOptions {
  private static final Pattern WHOLE = Pattern.compile("\\d{1,15}");
  private static final Pattern MONEY = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");
  private static final Pattern TIME =
      Pattern.compile("(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s)?");

  private static final List<Row> ROWS =
      List.of(
          new Row(
              Option.value("N", "End the run past so many tokens.", "--max-tokens"),
              "maxTokens",
              LimitOptions::whole),
          new Row(
              Option.value("USD", "End it past so many US dollars.", "--max-cost"),
              "maxCostUsd",
              LimitOptions::money),
          new Row(
              Option.value("TIME", "End it after 90s, 10m or 1h30m.", "--max-duration"),
              "maxDurationMs",
              LimitOptions::millis),
          new Row(
              Option.value("N", "End it at one more call of an agent.", "--max-agent-calls"),
              "maxAgentCalls",
              LimitOptions::whole),
          new Row(
              Option.value("N", "End it at one more call of a tool.", "--max-tool-calls"),
              "maxToolCalls",
              LimitOptions::whole));

  private LimitOptions() {}

  /// One limit.
  ///
  /// @param field its name in the message
  /// @param value of what was typed; zero where that is no limit
  private record Row(Option option, String field, Function<String, BigDecimal> value) {}

  public static List<Option> all() {
    return ROWS.stream().map(Row::option).toList();
  }

  /// What the options are called.
  public static Stream<String> names() {
    return ROWS.stream().map(row -> row.option().names().getFirst());
  }

  /// The limits that were typed; an empty object when none was.
  ///
  /// @throws Fault `INVALID_INPUT`, which names the option, for what is no limit
  public static JsonNode read(Arguments arguments) {
    ObjectNode limits = Json.object();
    for (Row row : ROWS) {
      String name = row.option().names().getFirst();
      arguments
          .value(name)
          .ifPresent(typed -> {
            BigDecimal value = row.value().apply(typed);
            if (value.signum() <= 0) {
              throw new Fault(FaultCode.INVALID_INPUT, name + ": " + expected(row, typed));
            }
            limits.put(row.field(), value);
          });
    }
    return limits;
  }

  private static String expected(Row row, String typed) {
    String what =
        switch (row.option().label()) {
          case "USD" -> "an amount above 0, for example 0.50";
          case "TIME" -> "a time such as 90s, 10m or 1h30m";
          default -> "a whole number above 0";
        };
    return "expected " + what + ", not `" + typed + "`.";
  }

  private static BigDecimal whole(String typed) {
    return WHOLE.matcher(typed).matches() ? new BigDecimal(typed) : BigDecimal.ZERO;
  }

  private static BigDecimal money(String typed) {
    return MONEY.matcher(typed).matches() ? new BigDecimal(typed) : BigDecimal.ZERO;
  }

  private static BigDecimal millis(String typed) {
    Matcher time = TIME.matcher(typed);
    if (!time.matches()) {
      return BigDecimal.ZERO;
    }
    Duration sum =
        Duration.ofHours(part(time, 1)).plusMinutes(part(time, 2)).plusSeconds(part(time, 3));
    return BigDecimal.valueOf(sum.toMillis());
  }

  private static long part(Matcher time, int group) {
    String digits = time.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
