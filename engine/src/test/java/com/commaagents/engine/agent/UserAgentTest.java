package com.commaagents.engine.agent;

import static com.commaagents.engine.fakes.FakeRun.broadcast;
import static com.commaagents.engine.fakes.FakeRun.cycle;
import static com.commaagents.engine.fakes.FakeRun.sequence;
import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.engine.fakes.FakeRun;
import com.commaagents.strategy.definition.FlowDefinition;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// When a person is asked, and what a user agent answers.
final class UserAgentTest {
  static List<Arguments> situations() {
    Optional<String> none = Optional.empty();
    Optional<String> preset = Optional.of("preset");
    FlowDefinition first = sequence("user");
    return List.of(
        // flow, input, requireInput, preset → text, prompts
        Arguments.of(first, "given", true, none, "given", List.of()),
        Arguments.of(first, "given", true, preset, "given", List.of()),
        Arguments.of(first, "", true, none, "typed 1", List.of("user@0 ")),
        Arguments.of(first, "", true, preset, "typed 1", List.of("user@0 preset")),
        Arguments.of(first, "given", false, none, "given", List.of()),
        Arguments.of(first, "given", false, preset, "preset", List.of()),
        Arguments.of(first, "", false, preset, "preset", List.of()),
        Arguments.of(first, "", false, none, "", List.of()),
        // An agent has spoken before, even if it said the very same.
        Arguments.of(sequence("a", "user"), "same", true, none, "typed 1", List.of("user@1 ")),
        Arguments.of(sequence("a", "user"), "same", false, none, "same", List.of()),
        Arguments.of(sequence("user", "user"), "given", true, none, "typed 1", List.of("user@1 ")),
        // A chat loop asks again in each cycle.
        Arguments.of(
            cycle(3, "user"),
            "given",
            true,
            none,
            "typed 2",
            List.of("user@cycle[2]/0 ", "user@cycle[3]/0 ")),
        Arguments.of(sequence(cycle(1, "user")), "given", true, none, "given", List.of()),
        Arguments.of(broadcast("a", "user"), "same", true, none, "same + same", List.of()),
        Arguments.of(
            sequence(broadcast("a", "a"), "user"),
            "same",
            true,
            none,
            "typed 1",
            List.of("user@1 ")));
  }

  @ParameterizedTest
  @MethodSource("situations")
  void asksUnlessItsInputIsThePersonsOwn(
      FlowDefinition flow,
      String input,
      boolean requireInput,
      Optional<String> preset,
      String text,
      List<String> prompts)
      throws InterruptedException {
    FakeRun run = new FakeRun().llm("a").user("user", requireInput, preset);
    run.model("a").says("same").says("same");
    run.people.says("typed 1");
    run.people.says("typed 2");

    assertThat(run.execute(flow, input).text()).isEqualTo(text);
    assertThat(run.people.prompts()).isEqualTo(prompts);
  }
}
