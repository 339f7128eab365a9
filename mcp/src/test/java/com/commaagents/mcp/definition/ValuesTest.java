package com.commaagents.mcp.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.commaagents.base.fault.Fault;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ValuesTest {
  private final Map<String, String> environment = new HashMap<>();
  private final Values values = new Values(name -> Optional.ofNullable(environment.get(name)));

  @Test
  void readsAVariableWhenItIsAskedForAndHidesIt() {
    Value value = new Value.Variable("TOKEN");
    environment.put("TOKEN", "sesame");
    assertThat(values.read(value, "args")).isEqualTo("sesame");
    environment.put("TOKEN", "simsim");
    assertThat(values.read(value, "args")).isEqualTo("simsim");
    assertThat(values.masked("sesame, simsim")).isEqualTo("***, ***");
    assertThat(value).hasToString("Variable[name=TOKEN]");
  }

  @Test
  void saysWhichVariableIsMissing() {
    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> values.secrets(Map.of("KEY", new Value.Variable("TOKEN")), "env"))
        .withMessage(
            "env.KEY is to be read from the environment variable TOKEN, which the daemon does not"
                + " have. Set it and restart the daemon.");
  }

  @Test
  void hidesNoValueThatIsTooShortToBeSecret() {
    values.secret(new Value.Literal("x".repeat(Values.LEAST_MASKED)), "env.A");
    values.secret(new Value.Literal("y".repeat(Values.LEAST_MASKED - 1)), "env.B");
    assertThat(values.masked("xxxx yyy")).isEqualTo("*** yyy");
  }

  @Test
  void hidesWhatStandsBehindASchemeAndTheLongerOfTwoFirst() {
    values.secret(new Value.Literal("open"), "env.A");
    values.secret(new Value.Literal("Bearer opensesame"), "headers.Authorization");
    assertThat(values.masked("opensesame is no Bearer opensesame, open"))
        .isEqualTo("*** is no ***, ***");
  }

  @Test
  void showsNoLiteral() {
    assertThat(new Value.Literal("sesame").toString()).doesNotContain("sesame");
  }
}
