package com.commaagents.checks;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Makes the bundled catalogue of models out of the facts that people edit; both files are named
/// here, and the facts say what is in a row. `make catalogue` runs [#main], with nothing but the
/// JDK.
final class CatalogueFile {
  static final Path FACTS = Path.of("models/src/catalogue/facts.txt");
  static final Path BUNDLED =
      Path.of("models/src/main/resources/com/commaagents/models/catalogue/catalogue.json");

  private static final int COLUMNS = 15;
  private static final Set<String> KINDS = Set.of("text", "image", "audio", "video", "pdf");
  private static final Set<String> ABILITIES = Set.of("tools", "reasoning", "schema");
  private static final Set<String> STATUSES = Set.of("alpha", "beta", "deprecated");

  private final Map<String, Provider> providers = new TreeMap<>();
  private Optional<Provider> open = Optional.empty();
  private String asOf = "";

  /// What is said of one provider: rows in the order of the facts, as JSON by their id.
  private static final class Provider {
    final Map<String, String> families = new LinkedHashMap<>();
    final Map<String, String> models = new LinkedHashMap<>();
    final Set<String> names = new HashSet<>();
    boolean free;
  }

  private CatalogueFile() {}

  /// Started in the root of the checkout.
  public static void main(String[] arguments) throws IOException {
    Files.writeString(BUNDLED, made(Files.readAllLines(FACTS)));
    IO.println("made " + BUNDLED);
  }

  /// @throws IllegalArgumentException for a line that is none of facts, with its number
  static String made(List<String> facts) {
    CatalogueFile file = new CatalogueFile();
    for (int i = 0; i < facts.size(); i++) {
      String line = facts.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        try {
          file.read(line);
        } catch (IllegalArgumentException wrong) {
          throw new IllegalArgumentException(
              FACTS + " line " + (i + 1) + ": " + wrong.getMessage(), wrong);
        }
      }
    }
    return file.json();
  }

  private void read(String line) {
    if (line.startsWith("as-of ")) {
      asOf = line.substring("as-of ".length()).strip();
    } else if (line.startsWith("provider ")) {
      List<String> words = List.of(line.split(" +"));
      open = Optional.of(new Provider());
      open.get().free = words.contains("free");
      require(providers.put(words.get(1), open.get()) == null, "the provider is there twice");
    } else {
      row(line, open.orElseThrow(() -> new IllegalArgumentException("of which provider?")));
    }
  }

  private static void row(String line, Provider provider) {
    List<String> cells = List.of(line.split("\\|", -1)).stream().map(String::strip).toList();
    require(cells.size() == COLUMNS, "has " + cells.size() + " columns, not " + COLUMNS);
    String id = cells.getFirst();
    Fields fields = new Fields();
    fields.text("name", cells.get(1));
    fields.text("family", cells.get(2));
    fields.tokens("contextWindow", cells.get(3));
    fields.tokens("maxInputTokens", cells.get(4));
    fields.tokens("maxOutputTokens", cells.get(5));
    fields.text("knowledgeCutoff", cells.get(6));
    fields.text("releaseDate", cells.get(7));
    List<String> more = words(cells.get(14));
    more.stream().filter(STATUSES::contains).forEach(word -> fields.text("status", word));
    addModalities(fields, words(cells.get(8)), values(more, "gives"));
    addCapabilities(fields, words(cells.get(8)), words(cells.get(9)));
    addCost(fields, cells, more);
    List<String> aliases = values(more, "alias");
    fields.raw("aliases", aliases.isEmpty() ? "" : texts(aliases));
    boolean isFamily = id.endsWith("*");
    String key = isFamily ? id.substring(0, id.length() - 1) : id;
    for (String name : withFirst(id, aliases)) {
      require(provider.names.add(name), name + " is there twice");
    }
    for (String word : more) {
      require(STATUSES.contains(word) || word.matches("(alias|gives|reasoning|over):.+"), word);
    }
    (isFamily ? provider.families : provider.models).put(key, fields.object());
  }

  private static List<String> withFirst(String first, List<String> rest) {
    List<String> all = new ArrayList<>(rest);
    all.addFirst(first);
    return all;
  }

  private static void addModalities(Fields fields, List<String> takes, List<String> gives) {
    require(KINDS.containsAll(takes) && KINDS.containsAll(gives), "unknown kind in " + takes);
    if (!takes.isEmpty()) {
      List<String> output = new ArrayList<>(List.of("text"));
      output.addAll(gives);
      fields.raw(
          "modalities", "{\"input\": " + texts(takes) + ", \"output\": " + texts(output) + "}");
    }
  }

  private static void addCapabilities(Fields fields, List<String> takes, List<String> can) {
    require(ABILITIES.containsAll(can), "unknown ability in " + can);
    if (!can.isEmpty()) {
      Fields abilities = new Fields();
      abilities.raw("tools", String.valueOf(can.contains("tools")));
      abilities.raw("reasoning", String.valueOf(can.contains("reasoning")));
      abilities.raw("vision", String.valueOf(takes.contains("image")));
      abilities.raw(
          "attachment", String.valueOf(takes.stream().anyMatch(kind -> !kind.equals("text"))));
      abilities.raw("structuredOutput", String.valueOf(can.contains("schema")));
      fields.raw("capabilities", abilities.object());
    }
  }

  private static void addCost(Fields fields, List<String> cells, List<String> more) {
    Fields cost = new Fields();
    cost.price("input", cells.get(10));
    cost.price("output", cells.get(11));
    values(more, "reasoning").forEach(price -> cost.price("reasoning", price));
    cost.price("cacheRead", cells.get(12));
    cost.price("cacheWrite", cells.get(13));
    for (String over : values(more, "over")) {
      List<String> parts = List.of(over.split(":"));
      Fields tier = new Fields();
      tier.tokens("aboveTokens", parts.get(0));
      tier.price("input", parts.get(1));
      tier.price("output", parts.get(2));
      tier.price("cacheRead", parts.size() > 3 ? parts.get(3) : "");
      cost.raw("longInput", tier.object());
    }
    fields.raw("cost", cost.fields.isEmpty() ? "" : cost.object());
  }

  private String json() {
    require(!asOf.isEmpty(), "there is no line as-of");
    String all =
        providers.entrySet().stream()
            .map(entry -> "    " + quoted(entry.getKey()) + ": " + provider(entry.getValue()))
            .collect(Collectors.joining(",\n"));
    return "{\n  \"asOf\": " + quoted(asOf) + ",\n  \"providers\": {\n" + all + "\n  }\n}\n";
  }

  private static String provider(Provider provider) {
    List<String> parts = new ArrayList<>();
    if (provider.free) {
      parts.add("      \"free\": true");
    }
    if (!provider.families.isEmpty()) {
      parts.add("      \"families\": " + rows(provider.families));
    }
    if (!provider.models.isEmpty()) {
      parts.add("      \"models\": " + rows(provider.models));
    }
    return "{\n" + String.join(",\n", parts) + "\n    }";
  }

  private static String rows(Map<String, String> rows) {
    return rows.entrySet().stream()
        .map(row -> "        " + quoted(row.getKey()) + ": " + row.getValue())
        .collect(Collectors.joining(",\n", "{\n", "\n      }"));
  }

  /// An object of JSON whose empty values are left out.
  private static final class Fields {
    final List<String> fields = new ArrayList<>();

    void text(String name, String value) {
      raw(name, value.isEmpty() ? "" : quoted(value));
    }

    void tokens(String name, String value) {
      String digits = value.replaceFirst("k$", "000").replaceFirst("M$", "000000");
      require(digits.matches("\\d*"), name + " is no number of tokens: " + value);
      raw(name, digits);
    }

    void price(String name, String value) {
      raw(name, value.isEmpty() ? "" : new BigDecimal(value).toPlainString());
    }

    void raw(String name, String json) {
      if (!json.isEmpty()) {
        fields.add(quoted(name) + ": " + json);
      }
    }

    String object() {
      return "{" + String.join(", ", fields) + "}";
    }
  }

  private static List<String> words(String cell) {
    return cell.isEmpty() ? List.of() : List.of(cell.split(" +"));
  }

  /// What stands behind `KEY:` in such words.
  private static List<String> values(List<String> words, String key) {
    return words.stream()
        .filter(word -> word.startsWith(key + ":"))
        .map(word -> word.substring(key.length() + 1))
        .toList();
  }

  private static String texts(List<String> texts) {
    return texts.stream().map(CatalogueFile::quoted).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String quoted(String text) {
    require(text.matches("[ !#-\\[\\]-~]+"), "only plain characters: " + text);
    return '"' + text + '"';
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
