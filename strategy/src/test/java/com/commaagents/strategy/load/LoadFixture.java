package com.commaagents.strategy.load;

import com.commaagents.strategy.definition.Strategy;
import com.commaagents.strategy.load.LoadResult.Loaded;
import com.commaagents.strategy.load.LoadResult.Rejected;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// Loads strategies from a folder of the test's own.
final class LoadFixture {
  /// A world with two tools, one skill, one MCP server and one type of each kind.
  static final Available AVAILABLE =
      new Available(
          Names.of("read_file", "write_file"),
          AddedTypes.of("echo"),
          AddedTypes.of("relay"),
          Names.of("style"),
          Names.of("search"),
          Set.of(),
          TemplateSyntax.NOT_CHECKED,
          ConfigCheck.NONE);

  static final LoadRequest REQUEST = new LoadRequest(false, AVAILABLE);

  private final StrategyLoader loader = new StrategyLoader();
  private final Path folder;

  LoadFixture(Path folder) {
    this.folder = folder;
  }

  Path write(String fileName, String content) {
    try {
      return Files.writeString(folder.resolve(fileName), content);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  LoadResult check(String fileName, String content) {
    return loader.check(write(fileName, content), REQUEST);
  }

  Strategy load(String fileName, String content) {
    return loader.load(write(fileName, content), REQUEST);
  }

  /// The problems of a YAML text, as a message shows them.
  List<String> problems(String yaml) {
    return problems(yaml, REQUEST);
  }

  List<String> problems(String yaml, LoadRequest request) {
    return switch (loader.check(write("s.yaml", yaml), request)) {
      case Loaded _ -> List.of();
      case Rejected rejected ->
          rejected.problems().stream().map(problem -> problem.describe("s")).toList();
    };
  }

  static String resource(String name) {
    try (InputStream content = LoadFixture.class.getResourceAsStream(name)) {
      if (content == null) {
        throw new IllegalArgumentException("no resource " + name);
      }
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
