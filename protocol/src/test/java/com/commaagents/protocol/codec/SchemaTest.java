package com.commaagents.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.json.Json;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The golden files against the schema of the protocol, of which a copy lies beside them.
final class SchemaTest {
  private static final JsonNode DEFINITIONS =
      Json.parse(Golden.resource("/wire.schema.json")).orElseThrow().path("$defs");

  @TestFactory
  Stream<DynamicTest> everyGoldenRequestFitsTheSchema() {
    Schema schema = schemaOf("clientMessage");
    return ClientSamples.all().keySet().stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> fits(schema, "client", name)));
  }

  @TestFactory
  Stream<DynamicTest> everyGoldenDaemonMessageFitsTheSchema() {
    Schema schema = schemaOf("daemonMessage");
    return GoldenTest.daemonSamples().keySet().stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> fits(schema, "daemon", name)));
  }

  @Test
  void everyTypeOfTheSchemaHasAGoldenFileWithAllItsFieldsAndOneWithOnlyTheRequired() {
    assertThat(typesOf("client.")).isEqualTo(ClientMessages.ALL.types());
    assertThat(typesOf("daemon.")).isEqualTo(DaemonMessages.ALL.types());
    for (String type : ClientMessages.ALL.types()) {
      assertCovered(DEFINITIONS.path("client." + type), "client", type);
    }
    for (String name : stems(GoldenTest.daemonSamples().keySet())) {
      String type = name.startsWith("agent_streaming.") ? "agent_streaming" : name;
      assertCovered(DEFINITIONS.path("daemon." + type), "daemon", name);
    }
  }

  @Test
  void everyStreamEventOfTheSchemaHasBothGoldenFilesToo() {
    Set<String> types = new HashSet<>();
    for (JsonNode variant : DEFINITIONS.path("streamEvent").path("oneOf")) {
      String type = variant.path("properties").path("type").path("const").stringValue();
      types.add(type);
      String name = "agent_streaming." + type;
      assertThat(names(tree("daemon", name + ".full").path("event")))
          .isEqualTo(properties(variant));
      assertThat(names(tree("daemon", name + ".bare").path("event"))).isEqualTo(required(variant));
    }
    assertThat(types).isEqualTo(StreamEvents.ALL.types());
  }

  private static void assertCovered(JsonNode definition, String family, String name) {
    assertThat(names(tree(family, name + ".full"))).as(name).isEqualTo(properties(definition));
    Set<String> least = required(definition);
    if (definition.has("anyOf")) {
      least.add("strategyPath");
    }
    assertThat(names(tree(family, name + ".bare"))).as(name).isEqualTo(least);
  }

  private static void fits(Schema schema, String family, String name) {
    List<Error> errors = schema.validate(Golden.tree(Golden.text(family, name)));
    assertThat(errors).isEmpty();
  }

  private static Schema schemaOf(String definition) {
    ObjectNode root = Json.object();
    root.put("$ref", "#/$defs/" + definition);
    root.set("$defs", DEFINITIONS);
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(root);
  }

  private static Set<String> typesOf(String prefix) {
    return DEFINITIONS.properties().stream()
        .map(Map.Entry::getKey)
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()))
        .collect(Collectors.toSet());
  }

  private static Set<String> stems(Set<String> names) {
    return names.stream()
        .map(name -> name.substring(0, name.lastIndexOf('.')))
        .collect(Collectors.toSet());
  }

  private static Set<String> properties(JsonNode definition) {
    return names(definition.path("properties"));
  }

  private static Set<String> required(JsonNode definition) {
    Set<String> required = new HashSet<>();
    definition.path("required").forEach(name -> required.add(name.stringValue()));
    return required;
  }

  private static Set<String> names(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
  }

  private static JsonNode tree(String family, String name) {
    return Golden.tree(Golden.text(family, name));
  }
}
