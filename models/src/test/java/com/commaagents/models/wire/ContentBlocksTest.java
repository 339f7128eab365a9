package com.commaagents.models.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.base.json.Json;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.models.testing.Reading;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContentBlocksTest {
  private final List<ModelPart> parts = new ArrayList<>();

  @Test
  void handsOverWhatIsOpenAtTheEndInOrder() throws Exception {
    ContentBlocks blocks = blocks(false);
    blocks.toolUse(2, "c2", "f", Json.object());
    blocks.toolUse(1, "c1", "g", Json.object().put("x", 1));
    blocks.arguments(2, "{\"y\":2}");
    blocks.arguments(7, "of no block");
    blocks.end();
    assertThat(parts)
        .containsExactly(
            new ModelPart.ToolCall("c1", "g", "{\"x\":1}"),
            new ModelPart.ToolCall("c2", "f", "{\"y\":2}"));
    assertThat(blocks.toolCalled()).isTrue();
  }

  @Test
  void takesTheArgumentsOfTheAnswersToolForTheTextAndDropsWhatIsSaidBesides() throws Exception {
    ContentBlocks blocks = blocks(true);
    blocks.text("Here it is: ");
    blocks.toolUse(1, "c1", AnswerTool.NAME, Json.object());
    blocks.arguments(1, "{\"a\":1}");
    blocks.stop(1);
    blocks.end();
    assertThat(parts).containsExactly(new ModelPart.Text("{\"a\":1}"));
    assertThat(blocks.answered()).isTrue();
  }

  @Test
  void saysWhatItHeldBackWhenTheAnswersToolIsNotCalled() throws Exception {
    ContentBlocks blocks = blocks(true);
    blocks.text("I ");
    blocks.text("look.");
    blocks.toolUse(1, "c1", "read_file", Json.object());
    blocks.stop(1);
    blocks.text("{}");
    blocks.end();
    assertThat(parts)
        .containsExactly(
            new ModelPart.Text("I look."),
            new ModelPart.ToolCall("c1", "read_file", "{}"),
            new ModelPart.Text("{}"));
    assertThat(blocks.answered()).isFalse();
  }

  @Test
  void boundsTheBlocksThatAreOpen() throws Exception {
    ContentBlocks blocks = blocks(false);
    for (int i = 0; i < ContentBlocks.MAX_BLOCKS; i++) {
      blocks.toolUse(i, "c", "f", Json.object());
    }
    assertThatThrownBy(() -> blocks.toolUse(-1, "c", "f", Json.object()))
        .isInstanceOf(ModelFailure.class)
        .hasMessageContaining("more than 1000 open blocks");
  }

  @Test
  void boundsTheArguments() throws Exception {
    ContentBlocks blocks = blocks(false);
    blocks.toolUse(0, "c", "f", Json.object());
    blocks.arguments(0, "x".repeat(ContentBlocks.MAX_ARGUMENT_CHARACTERS));
    assertThatThrownBy(() -> blocks.arguments(0, "x"))
        .isInstanceOf(ModelFailure.class)
        .hasMessageContaining("more than 16777216 characters");
  }

  private ContentBlocks blocks(boolean answerByTool) {
    return new ContentBlocks("mock", Reading.errors(), parts::add, answerByTool);
  }
}
