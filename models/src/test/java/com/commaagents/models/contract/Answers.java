package com.commaagents.models.contract;

import com.commaagents.models.contract.Answer.Ending;
import com.commaagents.models.contract.Answer.Piece;
import com.commaagents.models.contract.Answer.Tokens;
import java.util.List;

/// Answers that every model is made to give.
public final class Answers {
  public static final Answer TEXT =
      Answer.of(Ending.STOP, new Piece.Says(List.of("Grüß ", "Gott 😀")))
          .with(new Tokens(100, 60, 20, 0));

  public static final Answer THOUGHT =
      Answer.of(
              Ending.STOP,
              new Piece.Thinks(List.of("hm ", "yes"), ""),
              new Piece.Says(List.of("Done.")))
          .with(new Tokens(100, 60, 20, 12));

  /// With what a model thinks before it calls, and wants back.
  public static final Answer CALLS =
      Answer.of(
          Ending.TOOL_CALLS,
          new Piece.Thinks(List.of("I look."), "sig"),
          new Piece.Calls("callaaaa1", "read_file", List.of("{\"path\":", " \"hello.txt\"}")),
          new Piece.Calls("callbbbb2", "list_directory", List.of("{}")));

  public static final Answer BROKEN_ARGUMENTS =
      Answer.of(
          Ending.TOOL_CALLS,
          new Piece.Calls("callaaaa1", "read_file", List.of("{\"path\": \"hel")));

  public static final Answer HALF = Answer.of(Ending.STOP, new Piece.Says(List.of("Half")));

  public static final Answer CUT_AT_LIMIT =
      Answer.of(Ending.LENGTH, new Piece.Says(List.of("One")));

  public static final Answer FILTERED =
      Answer.of(Ending.CONTENT_FILTER, new Piece.Says(List.of("I")));

  public static final Answer BY_SCHEMA =
      Answer.of(Ending.STOP, new Piece.Fits("{\"name\":\"Ada\"}"));

  private Answers() {}
}
