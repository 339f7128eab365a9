package com.commaagents.models.responses;

import static com.commaagents.models.testing.Requests.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.models.testing.Collected;
import com.commaagents.models.testing.Reading;
import com.commaagents.models.testing.Requests;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ResponsesTest {
  private static final ResponsesFormat FORMAT = new ResponsesFormat("openai", "gpt-5", true);
  private static final String COMPLETED = "{'type':'response.completed','response':{}}";

  @Test
  void joinsThePartsOfASummaryAndKeepsThinkingWithoutWords() throws Exception {
    Collected answer =
        Reading.of(
            FORMAT,
            "{'type':'response.output_item.added','output_index':0,'item':{'type':'reasoning',"
                + "'id':'rs_1'}}",
            "{'type':'response.reasoning_summary_part.added','output_index':0,"
                + "'summary_index':0}",
            summary("One."),
            "{'type':'response.reasoning_summary_part.added','output_index':0,"
                + "'summary_index':1}",
            summary("Two."),
            "{'type':'response.output_item.done','output_index':0,'item':{'type':'reasoning',"
                + "'id':'rs_1','encrypted_content':'e1'}}",
            "{'type':'response.output_item.added','output_index':1,'item':{'type':'reasoning',"
                + "'id':'rs_2'}}",
            "{'type':'response.output_item.done','output_index':1,'item':{'type':'reasoning',"
                + "'id':'rs_2','encrypted_content':'e2'}}",
            COMPLETED);
    assertThat(answer.parts())
        .containsExactly(
            new ModelPart.ThinkingStart("thinking-0"),
            new ModelPart.Thinking("thinking-0", "One."),
            new ModelPart.Thinking("thinking-0", "\n\n"),
            new ModelPart.Thinking("thinking-0", "Two."),
            new ModelPart.ThinkingEnd(
                "thinking-0",
                json("{'openai':{'itemId':'rs_1','reasoningEncryptedContent':'e1'}}")),
            new ModelPart.ThinkingStart("thinking-1"),
            new ModelPart.ThinkingEnd(
                "thinking-1",
                json("{'openai':{'itemId':'rs_2','reasoningEncryptedContent':'e2'}}")));
    ModelRequest next =
        Requests.of(
            Message.user("a"),
            Message.assistant(
                List.of(
                    Collected.conversation(answer.parts()).getLast(),
                    Part.reasoning("another's", json("{'anthropic':{'signature':'s'}}")),
                    Part.text("b"))),
            Message.user("c"));
    assertThat(Reading.body(FORMAT, next).path("input"))
        .isEqualTo(
            json(
                "[{'type':'message','role':'user','content':[{'type':'input_text','text':'a'}]},"
                    + "{'type':'reasoning','id':'rs_2','summary':[],'encrypted_content':'e2'},"
                    + "{'type':'message','role':'assistant','content':[{'type':'output_text',"
                    + "'text':'b'}]},"
                    + "{'type':'message','role':'user','content':[{'type':'input_text',"
                    + "'text':'c'}]}]"));
  }

  @Test
  void leavesThinkingOutThatNothingFollows() {
    ModelRequest next =
        Requests.of(
            Message.user("a"),
            Message.assistant(
                List.of(
                    Part.text("b"),
                    Part.reasoning(
                        "", json("{'openai':{'itemId':'r','reasoningEncryptedContent':'e'}}")))),
            Message.user("c"));
    assertThat(Reading.body(FORMAT, next).path("input"))
        .extracting(item -> item.path("type").stringValue(""))
        .containsExactly("message", "message", "message");
  }

  @Test
  void sendsThePhaseOfAMessageBack() throws Exception {
    Collected answer =
        Reading.of(
            FORMAT,
            "{'type':'response.output_text.delta','output_index':0,'delta':'I look.'}",
            "{'type':'response.output_item.done','output_index':0,'item':{'type':'message',"
                + "'role':'assistant','phase':'commentary'}}",
            "{'type':'response.output_text.delta','output_index':1,'delta':'Done.'}",
            "{'type':'response.output_item.done','output_index':1,'item':{'type':'message',"
                + "'role':'assistant','phase':'final_answer'}}",
            COMPLETED);
    ModelRequest next =
        Requests.of(Message.user("a"), Message.assistant(Collected.conversation(answer.parts())));
    JsonNode input = Reading.body(FORMAT, next).path("input");
    assertThat(input)
        .extracting(item -> item.path("phase").stringValue(""))
        .containsExactly("", "commentary", "final_answer");
    assertThat(input.at("/2/content/0/text").stringValue()).isEqualTo("Done.");
  }

  @Test
  void takesArgumentsThatComeAsAWhole() throws Exception {
    Collected answer =
        Reading.of(
            FORMAT,
            "{'type':'response.output_item.added','output_index':0,'item':{'type':'function_call',"
                + "'call_id':'c1','name':'f','arguments':''}}",
            "{'type':'response.output_item.done','output_index':0,'item':{'type':'function_call',"
                + "'call_id':'c1','name':'f','arguments':'{}'}}",
            COMPLETED);
    assertThat(answer.parts()).containsExactly(new ModelPart.ToolCall("c1", "f", "{}"));
  }

  @Test
  void sendsNobodyTheThinkingOfAnotherPlace() {
    ModelRequest next =
        Requests.of(
            Message.user("a"),
            Message.assistant(
                List.of(
                    Part.reasoning("", json("{'xai':{'reasoningEncryptedContent':'e'}}")),
                    Part.text("b"))));
    assertThat(Reading.body(FORMAT, next).path("input").size()).isEqualTo(2);
    ResponsesFormat xai = new ResponsesFormat("xai", "grok-4.3", true);
    assertThat(Reading.body(xai, next).at("/input/1"))
        .isEqualTo(json("{'type':'reasoning','summary':[],'encrypted_content':'e'}"));
  }

  @Test
  void asksForEncryptedThinkingOnlyOfModelsThatThink() {
    ResponsesFormat plain = new ResponsesFormat("openai", "gpt-4.1", false);
    assertThat(Reading.body(plain, Requests.of(Message.user("a"))))
        .isEqualTo(
            json(
                "{'model':'gpt-4.1','input':[{'type':'message','role':'user','content':["
                    + "{'type':'input_text','text':'a'}]}],'store':false,'stream':true}"));
  }

  @Test
  void mapsEveryEnd() throws Exception {
    assertThat(Reading.of(FORMAT, COMPLETED).end().finishReason()).isEqualTo(FinishReason.STOP);
    assertThat(incomplete("max_output_tokens")).isEqualTo(FinishReason.LENGTH);
    assertThat(incomplete("content_filter")).isEqualTo(FinishReason.CONTENT_FILTER);
    assertThat(incomplete("novelty")).isEqualTo(FinishReason.OTHER);
  }

  @Test
  void failsAtEveryKindOfError() throws Exception {
    ModelFailure failed =
        Reading.failure(
            FORMAT,
            "{'type':'response.failed','response':{'error':{'code':'server_error',"
                + "'message':'m'}}}");
    assertThat(failed.message()).isEqualTo("mock broke its answer off with an error: m");
    assertThat(failed.retryable()).isTrue();
    ModelFailure error =
        Reading.failure(FORMAT, "{'type':'error','code':'invalid_prompt','message':'m'}");
    assertThat(error.message()).isEqualTo("mock broke its answer off with an error: m");
    assertThat(error.retryable()).isFalse();
  }

  @Test
  void skipsWhatItDoesNotKnow() throws Exception {
    assertThat(
            Reading.of(
                    FORMAT,
                    "{'type':'response.novelty.delta','delta':'x'}",
                    "{'type':'response.output_item.added','output_index':0,'item':"
                        + "{'type':'web_search_call'}}",
                    "{'type':'response.output_item.done','output_index':0,'item':"
                        + "{'type':'web_search_call'}}",
                    COMPLETED)
                .parts())
        .isEmpty();
  }

  private static String summary(String text) {
    return "{'type':'response.reasoning_summary_text.delta','output_index':0,'delta':'"
        + text
        + "'}";
  }

  private static FinishReason incomplete(String reason) throws Exception {
    return Reading.of(
            FORMAT,
            "{'type':'response.incomplete','response':{'incomplete_details':{'reason':'"
                + reason
                + "'}}}")
        .end()
        .finishReason();
  }
}
