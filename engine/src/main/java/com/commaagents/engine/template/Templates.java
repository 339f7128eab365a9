package com.commaagents.engine.template;

import com.commaagents.strategy.load.TemplateSyntax;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import liqp.TemplateParser;
import liqp.exceptions.LiquidException;
import tools.jackson.databind.JsonNode;

/// Renders prompt templates: Liquid with the filters `env`, `file` and `exec`. Includes are off.
/// Thread-safe.
///
/// Limits: a template of [#MAX_BYTES], [#MAX_ITERATIONS] of its loops in all, [#MAX_CHARACTERS] of
/// what comes out; beyond them it fails.
///
/// Source: Liquid, as Shopify documents it.
public final class Templates implements TemplateSyntax {
  public static final int MAX_BYTES = 1 << 20;
  public static final int MAX_ITERATIONS = 100_000;
  public static final int MAX_CHARACTERS = 1 << 20;

  private static final String UNKNOWN_FILTER = "no filter available named";

  private final TemplateWorld world;

  public Templates(TemplateWorld world) {
    this.world = world;
  }

  /// A template that could not be rendered.
  public static final class TemplateException extends Exception {
    private static final long serialVersionUID = 1L;

    /// @param message what is wrong, for its author
    TemplateException(String message) {
      super(message);
    }
  }

  @Override
  public Optional<String> mistake(String template) {
    try {
      if (template.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
        return Optional.of("it is larger than " + MAX_BYTES + " bytes");
      }
      // The library looks its filters up when it renders.
      var _ = parser(TemplateWorld.NONE, Path.of("")).parse(template).render();
      return Optional.empty();
    } catch (LiquidException mistake) {
      return Optional.of(told(mistake));
    } catch (IllegalArgumentException unknown) {
      return Optional.of(told(unknown)).filter(text -> text.contains(UNKNOWN_FILTER));
    } catch (RuntimeException withoutVariables) {
      // It parses; what it does is another matter.
      return Optional.empty();
    }
  }

  /// The text that a template comes to.
  ///
  /// @param file of the strategy; what the filter `file` is given is relative to it
  /// @throws TemplateException when it does not parse, or a filter or a limit fails
  public String render(String template, Map<String, JsonNode> variables, Path file)
      throws TemplateException {
    Optional<String> mistake = mistake(template);
    if (mistake.isPresent()) {
      throw new TemplateException(mistake.get());
    }
    Map<String, Object> values = new LinkedHashMap<>();
    variables.forEach((name, value) -> values.put(name, value(value)));
    try {
      return parser(world, file.toAbsolutePath().resolveSibling("")).parse(template).render(values);
    } catch (RuntimeException failed) {
      // The library throws and wraps whatever its parts throw.
      throw new TemplateException(FilterFailure.in(failed).orElseGet(() -> told(failed)));
    }
  }

  private static TemplateParser parser(TemplateWorld world, Path folder) {
    TemplateParser.Builder builder =
        new TemplateParser.Builder()
            .withErrorMode(TemplateParser.ErrorMode.STRICT)
            .withMaxIterations(MAX_ITERATIONS)
            .withMaxSizeRenderedString(MAX_CHARACTERS)
            .withShowExceptionsFromInclude(true)
            .withNameResolver(_ -> {
              throw new FilterFailure("include and render are not supported in prompts");
            });
    WorldFilters.of(world, folder).forEach(builder::withFilter);
    return builder.build();
  }

  private static Object value(JsonNode node) {
    if (node.isArray()) {
      List<Object> items = new ArrayList<>();
      node.forEach(item -> items.add(value(item)));
      return items;
    }
    if (node.isObject()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      node.properties().forEach(field -> fields.put(field.getKey(), value(field.getValue())));
      return fields;
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return node.longValue();
    }
    return node.isNumber() ? node.doubleValue() : node.asString();
  }

  private static String told(RuntimeException mistake) {
    String message = String.valueOf(mistake.getMessage()).strip();
    return message.lines().filter(line -> !line.isBlank()).findFirst().orElse("it cannot be read");
  }
}
