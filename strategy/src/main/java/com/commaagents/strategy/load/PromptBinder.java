package com.commaagents.strategy.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.commaagents.strategy.definition.AgentDefinition.SystemPrompt;
import com.commaagents.strategy.source.SourceReader;
import com.commaagents.strategy.wording.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Reads an agent's system prompt. A text that ends in `.md` or `.txt` names a file beside the
/// strategy, which has to be there; what is in it is looked at only where it is a template.
///
/// Limit: such a file has at most [SourceReader#MAX_BYTES].
final class PromptBinder {
  private final Path strategyFile;
  private final TemplateSyntax templates;

  PromptBinder(Path strategyFile, TemplateSyntax templates) {
    this.strategyFile = strategyFile;
    this.templates = templates;
  }

  /// The prompt; where an agent has both kinds, the template counts.
  SystemPrompt bind(Section agent) {
    Optional<Spot> text = agent.find("systemPrompt");
    Optional<String> prompt = text.flatMap(Spot::text);
    prompt.ifPresent(written -> text.ifPresent(spot -> promptFile(spot, written)));
    Optional<SystemPrompt> template =
        agent.find("systemPromptTemplate").flatMap(Spot::section).map(this::template);
    return template.or(() -> prompt.map(SystemPrompt.Text::new)).orElseGet(SystemPrompt.None::new);
  }

  private SystemPrompt template(Section section) {
    section.allowOnly(List.of("template", "variables"));
    Optional<Spot> text = section.require("template", "text");
    Optional<String> template = text.flatMap(Spot::text);
    template.ifPresent(written -> text.ifPresent(spot -> checkSyntax(spot, written)));
    Map<String, JsonNode> variables = new LinkedHashMap<>();
    section
        .find("variables")
        .flatMap(Spot::section)
        .ifPresent(found ->
            found.forEach((name, spot) -> {
              checkVariable(spot);
              variables.put(name, spot.node().toJson());
            }));
    return new SystemPrompt.Template(template.orElse(""), variables);
  }

  private void checkSyntax(Spot spot, String template) {
    Optional<String> text = namesFile(template) ? fileText(spot, template) : Optional.of(template);
    text.flatMap(templates::mistake)
        .ifPresent(mistake -> spot.wrong("the template does not parse: " + mistake));
  }

  private static void checkVariable(Spot spot) {
    if (spot.isList()) {
      spot.items().forEach(Spot::text);
    } else if (spot.isObject()) {
      spot.section().ifPresent(found -> found.forEach((_, value) -> value.text()));
    } else if (!spot.isText() && !spot.isNumber() && !spot.isFlag()) {
      spot.wrong(
          "expected text, a number, true or false, a list of texts or an object of texts, found "
              + spot.kind());
    }
  }

  static boolean namesFile(String text) {
    return text.endsWith(".md") || text.endsWith(".txt");
  }

  private Optional<String> fileText(Spot spot, String name) {
    Optional<Path> file = promptFile(spot, name);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream content = Files.newInputStream(file.get())) {
      return Optional.of(new String(content.readNBytes(SourceReader.MAX_BYTES), UTF_8));
    } catch (IOException unreadable) {
      spot.wrong(() -> "the file " + Shown.quoted(name) + " cannot be read");
      return Optional.empty();
    }
  }

  /// The file a text names; empty where it names none, or one that cannot be taken.
  private Optional<Path> promptFile(Spot spot, String text) {
    if (!namesFile(text)) {
      return Optional.empty();
    }
    try {
      Path file = strategyFile.resolveSibling(text);
      if (Files.isRegularFile(file) && Files.isReadable(file)) {
        if (Files.size(file) <= SourceReader.MAX_BYTES) {
          return Optional.of(file);
        }
        spot.wrong("the file it names is larger than " + SourceReader.MAX_BYTES + " bytes");
        return Optional.empty();
      }
    } catch (InvalidPathException | IOException notThere) {
      // Told below: a name that no file can have is that of a missing file.
    }
    spot.wrong(() ->
        "no readable file "
            + Shown.quoted(text)
            + " beside the strategy; text that ends in .md or .txt names a file");
    return Optional.empty();
  }
}
