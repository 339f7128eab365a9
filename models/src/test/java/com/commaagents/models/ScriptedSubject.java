package com.commaagents.models;

import com.commaagents.engine.model.Model;
import com.commaagents.models.contract.Ability;
import com.commaagents.models.contract.Answer;
import com.commaagents.models.contract.Answer.Piece;
import com.commaagents.models.contract.Subject;
import com.commaagents.models.scripted.ScriptFolder;
import com.commaagents.models.testing.HandClock;
import com.commaagents.models.testing.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// The scripted model, with a script for each answer.
record ScriptedSubject(Path folder) implements Subject {
  static final Set<Ability> LACKS = Set.of(Ability.THINKING_BACK);

  @Override
  public boolean can(Ability ability) {
    return !LACKS.contains(ability);
  }

  @Override
  public Model answers(Answer answer) throws IOException {
    List<String> turn = new ArrayList<>();
    List<String> calls = new ArrayList<>();
    for (Piece piece : answer.pieces()) {
      switch (piece) {
        case Piece.Thinks(var texts, var _) ->
            turn.add("thinking: '" + String.join("", texts) + "'");
        case Piece.Says(var texts) ->
            turn.add(texts.stream().collect(Collectors.joining("', '", "text: ['", "']")));
        case Piece.Fits(var json) -> turn.add("text: '" + json + "'");
        case Piece.Calls call -> calls.add("- " + call.name() + ": " + arguments(call.whole()));
      }
    }
    if (!calls.isEmpty()) {
      turn.add(
          "tools: ["
              + calls.stream()
                  .map(call -> "{" + call.substring(2) + "}")
                  .collect(Collectors.joining(", "))
              + "]");
    } else {
      turn.add("finish: " + answer.ending().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
    turn.add(
        answer
            .tokens()
            .map(tokens ->
                "usage: {input: "
                    + tokens.input()
                    + ", output: "
                    + tokens.output()
                    + ", cacheRead: "
                    + tokens.cached()
                    + ", reasoning: "
                    + tokens.reasoning()
                    + "}")
            .orElse("usage: none"));
    return script(turn.toArray(String[]::new));
  }

  @Override
  public Model refuses() throws IOException {
    return script("fail: {status: 429, message: slow down, retryAfter: 7}");
  }

  @Override
  public Model breaksOff() throws IOException {
    return script("text: Half", "fail: cut");
  }

  @Override
  public void close() {}

  // What is no JSON is written as a text.
  private static String arguments(String json) {
    return json.endsWith("}") ? json : "'" + json + "'";
  }

  private Model script(String... turn) throws IOException {
    List<String> lines = new ArrayList<>(List.of("writer:"));
    lines.add("  - " + turn[0]);
    Arrays.stream(turn).skip(1).map(line -> "    " + line).forEach(lines::add);
    Files.write(folder.resolve("strategy.script.yaml"), lines);
    return new ScriptFolder(new HandClock(), "")
        .model(Models.info("scripted/default"), "default", folder.resolve("strategy.yaml"));
  }
}
