package com.commaagents.cli.run;

import com.commaagents.cli.run.Request.Input;
import com.commaagents.cli.run.Request.Permission;
import com.commaagents.cli.run.Request.Question;
import com.commaagents.cli.run.Style.Tone;
import java.util.Locale;
import java.util.Optional;

/// What a request looks like to a person, and what their line means; or, where nobody sits at the
/// terminal, what is answered in their place.
///
/// @param guest whether the run is that of others: what this person does not answer is left to them
record Person(boolean present, boolean allowsAll, boolean guest, Style style) {
  /// What to do with a request.
  sealed interface Reply {
    record Answer(String text) implements Reply {}

    /// The line made no sense: ask once more.
    record AskAgain() implements Reply {}

    /// Somebody else may answer.
    record LeaveToOthers() implements Reply {}

    /// Nobody can answer: the run cannot go on.
    record GiveUp(String why) implements Reply {}
  }

  /// A wish for input cannot be made up, so without a person the run ends; a permission is denied
  /// unless all are allowed; a question gets a sentence that tells the agent to go on alone.
  Optional<Reply> withoutAsking(Request request) {
    if (request instanceof Permission && allowsAll) {
      return Optional.of(new Reply.Answer("allow"));
    }
    return present ? Optional.empty() : Optional.of(inTheirPlace(request));
  }

  Reply inTheirPlace(Request request) {
    if (guest) {
      return new Reply.LeaveToOthers();
    }
    return switch (request) {
      case Input(String agent, _) ->
          new Reply.GiveUp(
              "The agent "
                  + Style.clean(agent)
                  + " asks for input and nobody is at the terminal: run it in a terminal, or give"
                  + " --input.");
      case Permission _ -> new Reply.Answer("deny");
      case Question _ ->
          new Reply.Answer("Nobody is there to answer. Decide yourself and say what you assumed.");
    };
  }

  /// What is said about an answer that was given without asking.
  String remark(Request request, String answer) {
    return switch (request) {
      case Permission permission ->
          (answer.equals("allow") ? "Allowed (--yes): " : "Denied, nobody to ask (--yes allows): ")
              + wish(permission);
      case Question(_, String agent, String question) ->
          Style.clean(agent)
              + " asks: "
              + Style.brief(question, 200)
              + " (nobody to ask, it decides itself)";
      case Input(String agent, _) -> Style.clean(agent) + " asks for input.";
    };
  }

  /// The prompt, the place for the answer behind it.
  String prompt(Request request) {
    return switch (request) {
      case Input(String agent, String prompt) ->
          style.paint(
                  Tone.ASKING,
                  "? " + Style.clean(agent) + (prompt.isBlank() ? " waits for your input" : ": "))
              + Style.clean(prompt)
              + "\n> ";
      case Permission permission ->
          style.paint(Tone.ASKING, "? " + wish(permission))
              + "\n  [y] allow  [s] allow in this run  [n] deny  [d] deny in this run > ";
      case Question(_, String agent, String question) ->
          style.paint(Tone.ASKING, "? " + Style.clean(agent) + " asks: ")
              + Style.clean(question)
              + "\n> ";
    };
  }

  private static String wish(Permission permission) {
    String verb =
        switch (permission.operation()) {
          case "fs.read" -> "read";
          case "fs.write" -> "write";
          case "fs.exec" -> "run";
          default -> permission.operation();
        };
    return "%s wants to %s %s%s%s"
        .formatted(
            Style.clean(permission.agentName()),
            verb,
            Style.clean(permission.resource()),
            permission.tool().isEmpty() ? "" : " (" + Style.clean(permission.tool()) + ")",
            permission.denied() ? ", which a policy forbids" : "");
  }

  /// What a typed line means as an answer; at the end of input nobody is there any more.
  Reply read(Request request, Optional<String> line) {
    if (line.isEmpty()) {
      return inTheirPlace(request);
    }
    return switch (request) {
      case Input _, Question _ -> new Reply.Answer(line.get());
      case Permission _ -> decision(line.get().strip().toLowerCase(Locale.ROOT));
    };
  }

  private static Reply decision(String word) {
    return switch (word) {
      case "y", "yes", "a", "allow" -> new Reply.Answer("allow");
      case "s", "session", "allow-session" -> new Reply.Answer("allow-session");
      case "n", "no", "deny" -> new Reply.Answer("deny");
      case "d", "never", "deny-session" -> new Reply.Answer("deny-session");
      default -> new Reply.AskAgain();
    };
  }
}
