package com.commaagents.tools.shell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A shell script, as far as it can be read without running it: its pipelines and their words.
///
/// @param pipelines in the order they are written, also those of branches, loops and functions
public record ShellScript(List<Pipeline> pipelines) {
  /// The longest script that is read.
  public static final int MAX_LENGTH = 100_000;

  /// Stands in a word for text that is there, but not known.
  static final char UNKNOWN = '\uE000';

  /// Stands in a word for text that is not known and may be empty.
  static final char MAYBE_EMPTY = '\uE001';

  public ShellScript {
    pipelines = List.copyOf(pipelines);
  }

  /// Reads a script; total, every text is a script.
  ///
  /// @param variables what is known of the environment
  static ShellScript read(String text, Map<String, String> variables) {
    return new ShellReader(text, variables).read();
  }

  /// As a policy sees it.
  public static ShellScript read(String text, Path cwd) {
    return read(text, Map.of("PWD", cwd.toString()));
  }

  /// Whether it is one command and nothing else: no second one, no substitution, no file written.
  public boolean isOneCommand() {
    return pipelines.size() == 1
        && pipelines.getFirst().stages().size() == 1
        && pipelines.getFirst().stages().getFirst().isPlain();
  }

  /// The single commands, their words joined by blanks.
  public List<String> commands() {
    return pipelines.stream()
        .flatMap(pipeline -> pipeline.stages().stream())
        .map(ShellCommand::line)
        .toList();
  }

  /// Commands joined by `|`.
  ///
  /// @param directory where it runs, as far as known
  record Pipeline(List<ShellCommand> stages, String directory) {
    Pipeline {
      stages = List.copyOf(stages);
    }
  }

  /// One command.
  ///
  /// @param written what its output is redirected to
  /// @param input the text of its here-document or here-string
  record ShellCommand(List<Word> words, List<Word> written, Optional<String> input) {
    ShellCommand {
      words = List.copyOf(words);
      written = List.copyOf(written);
    }

    boolean isPlain() {
      return written.isEmpty() && words.stream().allMatch(word -> word.scripts().isEmpty());
    }

    String line() {
      return String.join(" ", words.stream().map(Word::text).toList());
    }

    ShellCommand from(int word) {
      return new ShellCommand(words.subList(word, words.size()), written, input);
    }

    /// With the words of a text behind its own, as `xargs` puts them.
    ShellCommand with(String more) {
      List<Word> all = new ArrayList<>(words);
      for (String word : more.strip().split("\\s+", -1)) {
        all.add(new Word(word, List.of()));
      }
      return new ShellCommand(all, written, input);
    }

    /// The name of the program, without its folder.
    String name() {
      if (words.isEmpty()) {
        return "";
      }
      String first = words.getFirst().text();
      return first.substring(first.lastIndexOf('/') + 1);
    }

    List<String> arguments() {
      return words.stream().skip(1).map(Word::text).toList();
    }
  }

  /// A word with quotes taken off and known variables put in.
  ///
  /// @param scripts the commands whose output stands in it
  record Word(String text, List<String> scripts) {
    Word {
      scripts = List.copyOf(scripts);
    }
  }
}
