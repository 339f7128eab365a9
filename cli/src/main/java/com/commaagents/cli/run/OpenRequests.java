package com.commaagents.cli.run;

import com.commaagents.cli.run.Person.Reply;
import com.commaagents.cli.terminal.Terminal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What a run wants of people and nobody has answered: put to the person one after the other.
///
/// While a person is asked, what the daemon says is held back, so that it does not tear the line
/// they type in: at most [#MAX_HELD] messages, then they are shown all the same.
///
/// INVARIANT: all state is of the session's thread.
final class OpenRequests {
  static final int MAX_HELD = 10_000;

  /// Where replies go.
  @FunctionalInterface
  interface Replies {
    void give(Request wanted, Reply reply) throws InterruptedException;
  }

  private final Person person;
  private final EventView view;
  private final Terminal terminal;
  private final TypedLines lines;
  private final Replies replies;
  private final Deque<Request> requests = new ArrayDeque<>();
  private final Deque<JsonNode> held = new ArrayDeque<>();
  // What was answered since a snapshot was asked for: it may still name these.
  private Optional<Set<Request>> answered = Optional.empty();
  private boolean lineWanted;
  private boolean personGone;

  OpenRequests(
      Person person, EventView view, Terminal terminal, TypedLines lines, Replies replies) {
    this.person = person;
    this.view = view;
    this.terminal = terminal;
    this.lines = lines;
    this.replies = replies;
  }

  /// Shows a message, at once or when nobody is asked any more.
  void show(JsonNode message) {
    if (requests.isEmpty() || held.size() >= MAX_HELD) {
      showHeld();
      view.show(message);
    } else {
      held.add(message);
    }
  }

  void note(String sentence) {
    showHeld();
    view.note(sentence);
  }

  /// Somebody is wanted.
  void add(Request wanted) throws InterruptedException {
    Optional<Reply> reply =
        personGone ? Optional.of(person.inTheirPlace(wanted)) : person.withoutAsking(wanted);
    if (reply.isPresent()) {
      if (reply.get() instanceof Reply.Answer(String text)) {
        note(person.remark(wanted, text));
      }
      give(wanted, reply.get());
      return;
    }
    requests.add(wanted);
    if (requests.size() == 1) {
      ask();
    }
  }

  /// A line came, or the end of what the person will type.
  void typed(Optional<String> line) throws InterruptedException {
    lineWanted = false;
    personGone |= line.isEmpty();
    if (requests.isEmpty()) {
      return;
    }
    Request wanted = requests.element();
    Reply reply = person.read(wanted, line);
    if (!(reply instanceof Reply.AskAgain)) {
      requests.remove();
      give(wanted, reply);
    }
    if (personGone) {
      for (Request unanswered : requests) {
        give(unanswered, person.inTheirPlace(unanswered));
      }
      requests.clear();
    }
    goOn();
  }

  /// Another client has answered.
  ///
  /// @param resolution a `request_resolved`
  void resolved(JsonNode resolution) {
    boolean asked = !requests.isEmpty() && requests.element().isNamedBy(resolution);
    requests.removeIf(request -> request.isNamedBy(resolution));
    if (asked) {
      terminal.out("\n");
      view.note("Answered by another client.");
      goOn();
    }
  }

  /// A snapshot will say what is open; what is answered until then may be in it all the same.
  void awaitSnapshot() {
    answered = Optional.of(new HashSet<>());
  }

  /// Takes over what is open by a snapshot.
  void replaceBy(List<Request> open) throws InterruptedException {
    boolean asked = !requests.isEmpty();
    requests.removeIf(request -> !open.contains(request));
    if (asked) {
      goOn();
    }
    Set<Request> known = new HashSet<>(requests);
    answered.ifPresent(known::addAll);
    answered = Optional.empty();
    for (Request wanted : open) {
      if (!known.contains(wanted)) {
        add(wanted);
      }
    }
  }

  /// Nobody is asked any more; what was held back is shown.
  void close() {
    requests.clear();
    showHeld();
  }

  private void give(Request wanted, Reply reply) throws InterruptedException {
    answered.ifPresent(since -> since.add(wanted));
    replies.give(wanted, reply);
  }

  private void goOn() {
    if (requests.isEmpty()) {
      showHeld();
    } else {
      ask();
    }
  }

  private void ask() {
    view.pause();
    terminal.out(person.prompt(requests.element()));
    // A line that was wanted for a request which others have answered is for this one.
    if (!lineWanted) {
      lineWanted = true;
      lines.want();
    }
  }

  private void showHeld() {
    held.forEach(view::show);
    held.clear();
  }
}
