package com.commaagents.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueFileTest {
  private static final String ROW =
      "m | M | f | 200k | | 1M | | | text image | tools | 1 | 2 | | | ";

  @Test
  void theBundledCatalogueIsMadeOfTheFacts() throws IOException {
    Path root = JavaSources.root();
    List<String> facts = Files.readAllLines(root.resolve(CatalogueFile.FACTS));
    assertThat(Files.readString(root.resolve(CatalogueFile.BUNDLED)))
        .as("run: make catalogue")
        .isEqualTo(CatalogueFile.made(facts));
  }

  @Test
  void makesAnObjectOfARow() {
    assertThat(made(ROW + "beta alias:n over:100:3:4"))
        .contains(
            "\"m\": {\"name\": \"M\", \"family\": \"f\", \"contextWindow\": 200000,"
                + " \"maxOutputTokens\": 1000000, \"status\": \"beta\", \"modalities\": {\"input\":"
                + " [\"text\", \"image\"], \"output\": [\"text\"]}, \"capabilities\": {\"tools\":"
                + " true, \"reasoning\": false, \"vision\": true, \"attachment\": true,"
                + " \"structuredOutput\": false}, \"cost\": {\"input\": 1, \"output\": 2,"
                + " \"longInput\": {\"aboveTokens\": 100, \"input\": 3, \"output\": 4}},"
                + " \"aliases\": [\"n\"]}");
  }

  @Test
  void namesTheLineThatIsWrong() {
    assertWrong("m | M", "line 3: has 2 columns, not 15");
    assertWrong(ROW.replace("200k", "200q"), "line 3: contextWindow is no number of tokens: 200q");
    assertWrong(ROW.replace("tools", "fly"), "line 3: unknown ability in [fly]");
    assertWrong(ROW.replace("image", "smell"), "line 3: unknown kind in [text, smell]");
    assertWrong(ROW + "novel", "line 3: novel");
    assertWrong(ROW + "alias:m", "line 3: m is there twice");
  }

  private static void assertWrong(String row, String message) {
    assertThatThrownBy(() -> made(row)).hasMessageEndingWith(message);
  }

  private static String made(String row) {
    return CatalogueFile.made(List.of("as-of 2026-01-01", "provider p", row));
  }
}
