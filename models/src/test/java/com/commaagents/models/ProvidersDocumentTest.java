package com.commaagents.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.models.contract.Ability;
import com.commaagents.models.contract.Place;
import com.commaagents.models.contract.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Holds the table of docs/providers.md against the code.
class ProvidersDocumentTest {
  private static final Path PAGE = Path.of("../docs/providers.md");

  // Called by chat completions here; their other API is a place of its own.
  private static final String CHAT_ONLY = "chat: ";
  private static final String COPILOT_CAN = " (Copilot can)";

  @Test
  void hasARowForEveryProviderWithItsVariables() throws IOException {
    Map<String, String> expected =
        Providers.sorted().stream()
            .collect(Collectors.toMap(Provider::id, provider -> variables(provider.environment())));
    Map<String, String> written = new HashMap<>();
    rows().forEach((id, cells) -> written.put(id, cells.get(1)));
    assertThat(written).isEqualTo(expected);
  }

  @Test
  void saysOfEveryProviderWhatItCannotDo() throws IOException {
    Map<String, List<String>> rows = rows();
    Map<String, Set<String>> written = new HashMap<>();
    Map<String, Set<String>> expected = new HashMap<>();
    for (Place place : Places.all()) {
      if (place.name().equals(place.providerId())) {
        expected.put(
            place.name(), place.lacks().stream().map(Ability::words).collect(Collectors.toSet()));
        String cell = rows.getOrDefault(place.name(), List.of()).getLast();
        written.put(place.name(), cannot(cell));
      }
    }
    expected.put(
        Providers.SCRIPTED,
        ScriptedSubject.LACKS.stream().map(Ability::words).collect(Collectors.toSet()));
    written.put(
        Providers.SCRIPTED, cannot(rows.getOrDefault(Providers.SCRIPTED, List.of("")).getLast()));
    assertThat(written).isEqualTo(expected);
    assertThat(written.keySet()).isEqualTo(rows.keySet());
  }

  private static String variables(List<String> names) {
    return names.isEmpty() ? "none" : names.stream().collect(Collectors.joining("`, `", "`", "`"));
  }

  private static Set<String> cannot(String cell) {
    return cell.equals("nothing")
        ? Set.of()
        : Set.copyOf(
            Arrays.asList(cell.replace(CHAT_ONLY, "").replace(COPILOT_CAN, "").split(", ")));
  }

  // The cells of the rows that begin with an id.
  private static Map<String, List<String>> rows() throws IOException {
    String table = Files.readString(PAGE);
    table = table.substring(0, table.indexOf("## Credentials"));
    return table
        .lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> Arrays.stream(line.split("\\|")).skip(1).map(String::strip).toList())
        .collect(Collectors.toMap(cells -> cells.getFirst().replace("`", ""), cells -> cells));
  }
}
