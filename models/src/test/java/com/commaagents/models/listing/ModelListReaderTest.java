package com.commaagents.models.listing;

import static com.commaagents.models.testing.Requests.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.engine.model.ModelFacts;
import com.commaagents.engine.model.ModelFacts.Capabilities;
import com.commaagents.engine.model.ModelFacts.Prices;
import com.commaagents.engine.model.ModelFacts.Tokens;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Documents are shortened from the providers' own references.
class ModelListReaderTest {
  @Test
  void readsOpenAi() {
    assertThat(
            read(
                "{'object':'list','data':[{'id':'gpt-5','object':'model','created':1,'owned_by':'o'},"
                    + "{'id':'text-embedding-3-small'},{'id':'gpt-4o-realtime-preview'},"
                    + "{'id':'whisper-1'},{'id':'gpt-5'},{'id':''},{'id':7},7]}"))
        .containsExactly(ModelFacts.unknown("gpt-5"));
  }

  @Test
  void readsOllama() {
    assertThat(
            read(
                "{'models':[{'name':'llama3.2:3b','model':'llama3.2:3b','size':1,"
                    + "'details':{'family':'llama','parameter_size':'3.2B'}}]}"))
        .singleElement()
        .satisfies(model -> {
          assertThat(model.id()).isEqualTo("llama3.2:3b");
          assertThat(model.name()).isEmpty();
          assertThat(model.family()).contains("llama");
        });
  }

  @Test
  void readsAnthropic() {
    assertThat(
            read(
                "{'data':[{'type':'model','id':'claude-sonnet-4-5-20250929',"
                    + "'display_name':'Claude Sonnet 4.5','created_at':'2025-09-29T00:00:00Z'}],"
                    + "'has_more':false}"))
        .singleElement()
        .satisfies(model -> {
          assertThat(model.name()).contains("Claude Sonnet 4.5");
          assertThat(model.dates().released()).contains("2025-09-29");
        });
  }

  @Test
  void readsGoogle() {
    assertThat(
            read(
                "{'models':[{'name':'models/gemini-2.5-pro','displayName':'Gemini 2.5 Pro',"
                    + "'inputTokenLimit':1048576,'outputTokenLimit':65536,'thinking':true,"
                    + "'supportedGenerationMethods':['generateContent','countTokens']},"
                    + "{'name':'models/embedding-001','supportedGenerationMethods':"
                    + "['embedContent']}]}"))
        .containsExactly(
            ModelFacts.unknown("gemini-2.5-pro")
                .withName("Gemini 2.5 Pro")
                .withTokens(
                    new Tokens(
                        OptionalLong.of(1_048_576), OptionalLong.empty(), OptionalLong.of(65_536)))
                .withCapabilities(
                    new Capabilities(
                        Optional.empty(),
                        Optional.of(true),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())));
  }

  @Test
  void readsOpenRouter() {
    assertThat(
            read(
                "{'data':[{'id':'x/y','name':'Y','context_length':1000,"
                    + "'architecture':{'input_modalities':['text','image']},"
                    + "'pricing':{'prompt':'0.00000125','completion':'1e-5','input_cache_read':"
                    + "'-1','request':'0'},'top_provider':{'max_completion_tokens':100},"
                    + "'supported_parameters':['tools','structured_outputs']}]}"))
        .containsExactly(
            ModelFacts.unknown("x/y")
                .withName("Y")
                .withTokens(
                    new Tokens(OptionalLong.of(1_000), OptionalLong.empty(), OptionalLong.of(100)))
                .withCapabilities(
                    new Capabilities(
                        Optional.of(true),
                        Optional.of(false),
                        Optional.of(true),
                        Optional.empty(),
                        Optional.of(true)))
                .withPrices(
                    new Prices(
                        Optional.of(new BigDecimal("1.25")),
                        Optional.of(new BigDecimal("1E+1")),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())));
  }

  @Test
  void readsThoseWhoSayWhatAModelIsFor() {
    assertThat(
            read(
                "[{'id':'a/chat','type':'chat','context_length':8192},{'id':'a/pic','type':"
                    + "'image'}]"))
        .extracting(ModelFacts::id)
        .containsExactly("a/chat");
    assertThat(
            read(
                "{'data':[{'id':'mistral-x','max_context_length':9,'capabilities':"
                    + "{'completion_chat':true,'function_calling':true,'vision':false}},"
                    + "{'id':'mistral-y','capabilities':{'completion_chat':false}}]}"))
        .extracting(ModelFacts::id)
        .containsExactly("mistral-x");
    assertThat(
            read(
                "{'models':[{'name':'command-a','endpoints':['chat'],'context_length':5},"
                    + "{'name':'rerank','endpoints':['rerank']}]}"))
        .extracting(ModelFacts::id)
        .containsExactly("command-a");
  }

  @Test
  void takesNothingElseForAList() {
    for (String other : List.of("{}", "{'data':{}}", "7", "{'error':{'message':'no'}}")) {
      assertThat(ModelListReader.read(json(other))).as(other).isEmpty();
    }
    assertThat(read("{'data':[]}")).isEmpty();
  }

  @Test
  void takesOnlySoMany() {
    for (int extra = 0; extra <= 1; extra++) {
      ObjectNode document = (ObjectNode) json("{}");
      ArrayNode data = document.putArray("data");
      for (int i = 0; i < ModelListReader.MAX_MODELS + extra; i++) {
        data.addObject().put("id", "m" + i);
      }
      assertThat(ModelListReader.read(document).orElseThrow()).hasSize(ModelListReader.MAX_MODELS);
    }
  }

  private static List<ModelFacts> read(String document) {
    return ModelListReader.read(json(document)).orElseThrow();
  }
}
