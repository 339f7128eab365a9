package com.commaagents.runs.care;

import com.commaagents.base.json.Json;
import com.commaagents.runs.care.Finding.Kind;
import com.commaagents.runs.store.LineReader;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineEvent;
import com.commaagents.runs.timeline.TimelineReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What is wrong with the lines of one timeline, told line by line, and what a repair makes of
/// each. Pure; used once, by one thread.
///
/// A line is damage when [TimelineReader] does not read it: then every reader passes it over. An
/// event stands outside of a segment when no `run_started` is open before it. It is told of the
/// first of a row; events of unknown types may stand anywhere, and so may message numbers. Only the
/// last segment can lack its end: one that another follows is over for every reader.
///
/// A repair never drops a line that can be read. Events whose beginning is lost stay where they
/// are, behind a [#NOTE], which readers pass over and which makes them whole for this examination.
///
/// Limit: [#MAX_FINDINGS] are kept, further ones are counted.
final class TimelineExamination {
  static final int MAX_FINDINGS = 1_000;

  /// The type of the event that stands in a repaired timeline where the beginning of a segment was
  /// lost.
  static final String NOTE = "repaired";

  /// What a repair makes of a line.
  ///
  /// @param noteBefore whether a note that something was lost goes before it
  record Verdict(boolean kept, Optional<TimelineEntry> noteBefore) {
    private static final Verdict DROPPED = new Verdict(false, Optional.empty());
    private static final Verdict KEPT = new Verdict(true, Optional.empty());
  }

  /// Where a line stands.
  private enum Place {
    OUTSIDE,
    /// In a segment, which needs an end.
    INSIDE,
    /// Behind a note: the beginning is lost, and no end is needed.
    EXCUSED
  }

  private final Path file;
  private final List<Finding> findings = new ArrayList<>();
  private Place place = Place.OUTSIDE;
  private long number;
  private long further;
  private long lastSeq;
  private OptionalLong startLine = OptionalLong.empty();
  private OptionalLong startOffset = OptionalLong.empty();

  /// @param file that findings name
  TimelineExamination(Path file) {
    this.file = file;
  }

  Verdict take(LineReader.Line line) {
    number++;
    if (line.length() == 0) {
      return Verdict.KEPT;
    }
    Optional<TimelineEntry> entry =
        line.tooLong() ? Optional.empty() : TimelineReader.read(line.bytes());
    if (entry.isEmpty()) {
      damaged(line);
      return Verdict.DROPPED;
    }
    if (!line.terminated()) {
      note(Kind.NO_LINE_END, line, "the last line has no line end");
    }
    return event(entry.get(), line) ? Verdict.KEPT : new Verdict(true, entry);
  }

  /// All that is wrong, once every line was taken.
  List<Finding> findings() {
    List<Finding> all = new ArrayList<>(findings);
    if (further > 0) {
      all.add(Finding.of(Kind.NO_EVENT, file, further + " further problems of its lines"));
    }
    if (lacksEnd()) {
      all.add(
          new Finding(
              Kind.NO_END,
              file,
              startLine,
              startOffset,
              "the last segment has no end, and nobody executes it"));
    }
    return all;
  }

  /// Whether the last segment has no end.
  boolean lacksEnd() {
    return place == Place.INSIDE;
  }

  /// The highest message number a line names.
  long lastSeq() {
    return lastSeq;
  }

  /// @return whether it stands where it belongs
  private boolean event(TimelineEntry entry, LineReader.Line line) {
    return switch (entry.event()) {
      case TimelineEvent.RunStarted started -> {
        place = Place.INSIDE;
        startLine = OptionalLong.of(number);
        startOffset = OptionalLong.of(line.offset());
        seen(started.seq());
        yield true;
      }
      case TimelineEvent.RunCompleted completed -> {
        seen(completed.seq());
        boolean belongs = place != Place.OUTSIDE;
        place = Place.OUTSIDE;
        yield belongs || outside(line);
      }
      case TimelineEvent.SeqMark(long mark) -> {
        seen(OptionalLong.of(mark));
        yield true;
      }
      case TimelineEvent.Other(String type) -> {
        if (type.equals(NOTE) && place == Place.OUTSIDE) {
          place = Place.EXCUSED;
        }
        yield true;
      }
      default -> {
        if (place == Place.OUTSIDE) {
          place = Place.EXCUSED;
          yield outside(line);
        }
        yield true;
      }
    };
  }

  private boolean outside(LineReader.Line line) {
    note(Kind.OUTSIDE_SEGMENT, line, "an event outside of a segment");
    return false;
  }

  private void seen(OptionalLong seq) {
    lastSeq = Math.max(lastSeq, seq.orElse(0));
  }

  private void damaged(LineReader.Line line) {
    if (!line.terminated()) {
      note(Kind.TORN_TAIL, line, "a torn last line of " + line.length() + " bytes");
    } else if (line.tooLong()) {
      note(Kind.TOO_LONG, line, "a line of " + line.length() + " bytes, longer than can be read");
    } else if (firstBadByte(line.bytes()) >= 0) {
      note(
          Kind.NOT_UTF8,
          line,
          "not UTF-8, first at byte " + (line.offset() + firstBadByte(line.bytes())));
    } else if (Json.parse(line.bytes()).isEmpty()) {
      note(Kind.NOT_JSON, line, "not JSON");
    } else {
      note(Kind.NO_EVENT, line, "JSON, but no event: it lacks what an event must have");
    }
  }

  private void note(Kind kind, LineReader.Line line, String what) {
    if (findings.size() < MAX_FINDINGS) {
      findings.add(
          new Finding(kind, file, OptionalLong.of(number), OptionalLong.of(line.offset()), what));
    } else {
      further++;
    }
  }

  /// Where a text stops to be UTF-8; -1 when it does not.
  private static int firstBadByte(byte[] text) {
    ByteBuffer in = ByteBuffer.wrap(text);
    CharBuffer out = CharBuffer.allocate(8192);
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    while (true) {
      var result = decoder.decode(in, out.clear(), true);
      if (result.isError()) {
        return in.position();
      }
      if (result.isUnderflow()) {
        return -1;
      }
    }
  }
}
