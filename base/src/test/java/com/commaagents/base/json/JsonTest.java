package com.commaagents.base.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import com.commaagents.base.task.TaskScope;
import org.junit.jupiter.api.Test;

final class JsonTest {
  @Test
  void writesTextsOneAfterTheOtherWithNothingOfTheLast() {
    assertThat(List.of(number(1), number(2), text("x"), number(3)))
        .containsExactly("1", "2", "\"x\"", "3");
  }

  @Test
  void writesTextsThatDoNotFitIntoWhatIsKept() {
    String large = "x".repeat(SpareGenerators.MAX_KEPT_BYTES);
    assertThat(List.of(text(large), text("y"), text(large), text("z")))
        .containsExactly("\"" + large + "\"", "\"y\"", "\"" + large + "\"", "\"z\"");
  }

  @Test
  void leavesNothingOfATextThatFailed() {
    assertThatIllegalStateException()
        .isThrownBy(() ->
            Json.bytes(out -> {
              out.writeStartObject().writeName("half");
              throw new IllegalStateException("no value");
            }));
    assertThat(text("whole")).isEqualTo("\"whole\"");
  }

  @Test
  void keepsTheTextsOfManyThreadsApart() throws InterruptedException {
    List<Callable<List<String>>> tasks = new ArrayList<>();
    for (int i = 0; i < 4 * SpareGenerators.MAX_SPARE; i++) {
      int first = i * 1_000;
      tasks.add(() -> IntStream.range(first, first + 1_000).mapToObj(JsonTest::number).toList());
    }
    List<String> written =
        TaskScope.<List<String>>all("write", tasks).stream().flatMap(List::stream).toList();
    assertThat(written)
        .containsExactlyElementsOf(
            IntStream.range(0, tasks.size() * 1_000).mapToObj(Integer::toString).toList());
  }

  private static String number(int value) {
    return new String(Json.bytes(out -> out.writeNumber(value)), UTF_8);
  }

  private static String text(String value) {
    return new String(Json.bytes(out -> out.writeString(value)), UTF_8);
  }
}
