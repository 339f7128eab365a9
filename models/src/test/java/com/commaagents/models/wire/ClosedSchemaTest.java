package com.commaagents.models.wire;

import static com.commaagents.models.testing.Requests.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClosedSchemaTest {
  @Test
  void closesEveryObjectAndLeavesConstraintsOfValuesOut() {
    assertThat(
            ClosedSchema.of(
                json(
                    "{'$schema':'https://json-schema.org/draft/2020-12/schema','type':'object',"
                        + "'properties':{'age':{'type':'integer','minimum':0,'description':'d'},"
                        + "'tags':{'type':'array','maxItems':3,'items':{'type':'string',"
                        + "'enum':['a','b']}},'who':{'anyOf':[{'type':'null'},{'type':'object',"
                        + "'properties':{'name':{'type':'string','pattern':'x'}}}]}},"
                        + "'required':['age']}")))
        .contains(
            json(
                "{'type':'object','properties':{'age':{'type':'integer','description':'d'},"
                    + "'tags':{'type':'array','items':{'type':'string','enum':['a','b']}},"
                    + "'who':{'anyOf':[{'type':'null'},{'type':'object','properties':"
                    + "{'name':{'type':'string'}},'additionalProperties':false}]}},"
                    + "'required':['age'],'additionalProperties':false}"));
  }

  @Test
  void hasNoFormOfWhatLeavesPropertiesOpenOrIsBuiltOtherwise() {
    for (String open :
        List.of(
            "{}",
            "true",
            "{'type':'object'}",
            "{'type':['object','null']}",
            "{'type':'array'}",
            "{'type':'object','properties':{},'additionalProperties':true}",
            "{'type':'object','properties':{},'additionalProperties':{'type':'string'}}",
            "{'type':'object','properties':{'a':{}}}",
            "{'$ref':'#/$defs/a'}",
            "{'allOf':[{'type':'string'}]}",
            "{'type':'object','properties':{},'patternProperties':{}}",
            "{'anyOf':[{'type':'string'},{'not':{}}]}")) {
      assertThat(ClosedSchema.of(json(open))).as(open).isEmpty();
    }
  }

  @Test
  void isStrictOnlyWhereNothingIsLeftToChoice() {
    String strict =
        "{'type':'object','properties':{'a':{'type':'array','items':{'type':'object',"
            + "'properties':{'b':{'type':'string'}},'required':['b'],"
            + "'additionalProperties':false}}},'required':['a'],'additionalProperties':false}";
    assertThat(ClosedSchema.isStrict(json(strict))).isTrue();
    for (String loose :
        List.of(
            strict.replace(",'required':['a']", ""),
            strict.replace(",'required':['b']", ""),
            strict.replace("'string'}", "'string','minLength':1}"),
            strict.substring(0, strict.lastIndexOf(",'additionalProperties'")) + "}",
            "{'type':'string'}")) {
      assertThat(ClosedSchema.isStrict(json(loose))).as(loose).isFalse();
    }
  }
}
