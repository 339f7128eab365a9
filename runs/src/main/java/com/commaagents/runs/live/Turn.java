package com.commaagents.runs.live;

import com.commaagents.base.id.ClientId;
import com.commaagents.engine.event.ToolOutput;
import com.commaagents.runs.lifecycle.Decision;
import com.commaagents.runs.message.RunMessage;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What one batch of mail comes to: first all that is kept, with one flush; then all that is told,
/// in order; then whoever waited goes on.
final class Turn {
  private final List<TimelineEntry> kept = new ArrayList<>();
  private final List<Telling> told = new ArrayList<>();
  private final List<Answer<Boolean>> barriers = new ArrayList<>();
  private final List<Given> replies = new ArrayList<>();
  private Optional<Mail.Start> launch = Optional.empty();
  private int messages;

  /// Something a client is told.
  sealed interface Telling {
    /// @param request the key of the request to a person that it is; empty: it is none
    record Message(Instant at, RunMessage message, Optional<String> request) implements Telling {}

    record Resolved(Instant at, Mail.Resolution resolution) implements Telling {}

    record Shown(Instant at, ToolOutput output) implements Telling {}

    /// From here on a client is told what follows.
    ///
    /// @param noticed notices too: it knows our additions to the protocol
    record Subscribed(ClientId client, boolean noticed) implements Telling {}
  }

  private record Given(Answer<Decision> reply, Decision decision) {}

  void keep(Instant at, TimelineEvent event) {
    kept.add(new TimelineEntry(at, event));
  }

  void tell(Instant at, RunMessage message) {
    ask(at, message, Optional.empty());
  }

  void ask(Instant at, RunMessage message, Optional<String> request) {
    messages++;
    told.add(new Telling.Message(at, message, request));
  }

  void resolve(Instant at, Mail.Resolution resolution) {
    told.add(new Telling.Resolved(at, resolution));
  }

  void show(Instant at, ToolOutput output) {
    told.add(new Telling.Shown(at, output));
  }

  void subscribe(ClientId client, boolean noticed) {
    told.add(new Telling.Subscribed(client, noticed));
  }

  /// Nothing of this turn is on disk: this is told in place of everything, and nothing begins.
  void tellInstead(Instant at, RunMessage message) {
    told.removeIf(telling -> !(telling instanceof Telling.Subscribed));
    messages = 0;
    launch = Optional.empty();
    tell(at, message);
  }

  void barrier(Answer<Boolean> onDisk) {
    barriers.add(onDisk);
  }

  void reply(Answer<Decision> reply, Decision decision) {
    replies.add(new Given(reply, decision));
  }

  /// The segment that begins once everything is on disk and told.
  void launch(Mail.Start start) {
    launch = Optional.of(start);
  }

  List<TimelineEntry> kept() {
    return kept;
  }

  List<Telling> told() {
    return told;
  }

  /// How many numbered messages are told.
  int messages() {
    return messages;
  }

  Optional<Mail.Start> launch() {
    return launch;
  }

  /// @param onDisk whether what was kept is on disk
  void release(boolean onDisk) {
    barriers.forEach(barrier -> barrier.give(onDisk));
    replies.forEach(given -> given.reply().give(given.decision()));
  }
}
