package com.commaagents.cli.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The lines of a run on the screen: one agent's text as it streams, or, when several agents work
/// at once, whole lines of each behind its name.
///
/// INVARIANT: at most one line on the screen is unfinished, and it belongs to the lane `open`.
///
/// Limits: a lane holds back at most one line of the page's width.
final class Page {
  private static final String INDENT = "  ";
  private static final int LEAST_WIDTH = 30;

  /// One agent at work: where its text goes.
  private static final class Lane {
    final String prefix;
    final int prefixWidth;
    final StringBuilder waiting = new StringBuilder();
    Voice voice = Voice.SPEECH;
    // Once among others, always: an agent that is left alone in the middle of a line goes on so.
    boolean amongOthers;

    Lane(String prefix, int prefixWidth) {
      this.prefix = prefix;
      this.prefixWidth = prefixWidth;
    }
  }

  private final Consumer<String> screen;
  private final Style style;
  private final int columns;
  private final Map<String, Lane> lanes = new LinkedHashMap<>();
  private Optional<String> open = Optional.empty();

  Page(Consumer<String> screen, Style style, int columns) {
    this.screen = screen;
    this.style = style;
    this.columns = columns;
  }

  boolean hasLane(String agent) {
    return lanes.containsKey(agent);
  }

  /// Whether an agent's text stands behind its name, as others work at the same time.
  boolean isAmongOthers(String agent) {
    return lane(agent).amongOthers;
  }

  /// An agent begins: from here on its text has a place. `heading` stands above its text, `prefix`
  /// before each line when several work at once; both may hold escape codes.
  void begin(String agent, String heading, String prefix) {
    finishLine();
    for (Lane lane : lanes.values()) {
      flush(lane);
    }
    lanes.put(agent, new Lane(prefix, Style.width(prefix)));
    if (lanes.size() > 1) {
      lanes.values().forEach(lane -> lane.amongOthers = true);
    }
    screen.accept("\n" + heading + "\n");
  }

  /// An agent ends; what it held back is shown.
  void end(String agent) {
    Lane lane = lanes.get(agent);
    if (lane == null) {
      return;
    }
    if (open.equals(Optional.of(agent))) {
      finishLine();
    }
    flush(lane);
    lanes.remove(agent);
  }

  void endAll() {
    for (String agent : List.copyOf(lanes.keySet())) {
      end(agent);
    }
    finishLine();
  }

  /// Text as it comes, in pieces that need not end where a line ends.
  void stream(String agent, Voice voice, String text) {
    Lane lane = lane(agent);
    if (!lane.voice.equals(voice)) {
      breakLine(agent);
      lane.voice = voice;
    }
    String clean = Style.clean(text);
    if (lane.amongOthers) {
      hold(lane, clean);
    } else {
      streamAlone(agent, lane, clean);
    }
  }

  /// A whole line of an agent; `open` leaves it unfinished when the agent works alone.
  void line(String agent, String text, boolean leaveOpen) {
    breakLine(agent);
    Lane lane = lane(agent);
    if (lane.amongOthers) {
      screen.accept(lane.prefix + text + "\n");
    } else {
      screen.accept(INDENT + text + (leaveOpen ? "" : "\n"));
      open = leaveOpen ? Optional.of(agent) : Optional.empty();
    }
  }

  /// Goes on with the line that [#line] left open.
  void continueLine(String text) {
    screen.accept(text + "\n");
    open = Optional.empty();
  }

  /// A line of nobody.
  void say(String text) {
    finishLine();
    screen.accept(text + "\n");
  }

  void finishLine() {
    if (open.isPresent()) {
      screen.accept("\n");
      open = Optional.empty();
    }
  }

  private Lane lane(String agent) {
    Lane lane = lanes.get(agent);
    if (lane == null) {
      throw new IllegalStateException("no lane for " + agent);
    }
    return lane;
  }

  /// What the agent says next stands on a line of its own.
  void breakLine(String agent) {
    flush(lane(agent));
    finishLine();
  }

  private void streamAlone(String agent, Lane lane, String text) {
    int from = 0;
    while (from < text.length()) {
      int end = text.indexOf('\n', from);
      String piece = end < 0 ? text.substring(from) : text.substring(from, end);
      if (!piece.isEmpty()) {
        String indent = open.isPresent() ? "" : INDENT + lane.voice.indent();
        screen.accept(indent + style.paint(lane.voice.tone(), piece));
        open = Optional.of(agent);
      }
      if (end < 0) {
        return;
      }
      screen.accept("\n");
      open = Optional.empty();
      from = end + 1;
    }
  }

  private void hold(Lane lane, String text) {
    finishLine();
    lane.waiting.append(text);
    int width = Math.max(LEAST_WIDTH, columns - lane.prefixWidth - lane.voice.indent().length());
    while (true) {
      int end = lane.waiting.indexOf("\n");
      if (end >= 0 && end <= width) {
        emit(lane, lane.waiting.substring(0, end));
        lane.waiting.delete(0, end + 1);
      } else if (lane.waiting.length() > width) {
        int space = lane.waiting.lastIndexOf(" ", width);
        int cut = space > width / 2 ? space : width;
        emit(lane, lane.waiting.substring(0, cut));
        lane.waiting.delete(0, space == cut ? cut + 1 : cut);
      } else {
        return;
      }
    }
  }

  private void flush(Lane lane) {
    if (!lane.waiting.isEmpty()) {
      finishLine();
      emit(lane, lane.waiting.toString());
      lane.waiting.setLength(0);
    }
  }

  private void emit(Lane lane, String line) {
    screen.accept(lane.prefix + lane.voice.indent() + style.paint(lane.voice.tone(), line) + "\n");
  }
}
