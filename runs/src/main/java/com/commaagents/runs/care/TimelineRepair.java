package com.commaagents.runs.care;

import com.commaagents.base.json.Json;
import com.commaagents.base.time.Timestamps;
import com.commaagents.runs.lifecycle.Decision;
import com.commaagents.runs.lifecycle.Lifecycle;
import com.commaagents.runs.lifecycle.RunCommand;
import com.commaagents.runs.lifecycle.RunEvent;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.store.LineReader;
import com.commaagents.runs.timeline.SeqCeiling;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineEvent;
import com.commaagents.runs.timeline.TimelineJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads timelines, and writes them anew without what is wrong with them. Holds one line at a time.
final class TimelineRepair {
  private TimelineRepair() {}

  /// What is wrong with a timeline.
  ///
  /// @param file that findings name
  static List<Finding> examine(InputStream in, Path file, int maxLineBytes) throws IOException {
    TimelineExamination examination = new TimelineExamination(file);
    LineReader lines = new LineReader(in, maxLineBytes);
    for (LineReader.Line line = lines.next(); line != null; line = lines.next()) {
      TimelineExamination.Verdict _ = examination.take(line);
    }
    return examination.findings();
  }

  /// Copies a timeline. Every line that can be read is in the copy, byte for byte and in order, and
  /// an examination finds nothing wrong with it.
  ///
  /// @param now when a missing end is said to have happened
  static void repair(InputStream in, OutputStream out, Path file, int maxLineBytes, Instant now)
      throws IOException {
    TimelineExamination examination = new TimelineExamination(file);
    LineReader lines = new LineReader(in, maxLineBytes);
    for (LineReader.Line line = lines.next(); line != null; line = lines.next()) {
      TimelineExamination.Verdict verdict = examination.take(line);
      if (verdict.noteBefore().isPresent()) {
        out.write(note(verdict.noteBefore().get().at()));
      }
      if (verdict.kept()) {
        out.write(line.bytes());
        out.write('\n');
      }
    }
    if (examination.lacksEnd()) {
      out.write(end(now, examination.lastSeq()));
    }
  }

  private static byte[] note(Instant at) {
    String note =
        Json.write(
            Json.object()
                .put("type", TimelineExamination.NOTE)
                .put("ts", Timestamps.format(at))
                .put("lost", "run_started"));
    return (note + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  // The same end as at the next start of a daemon.
  private static byte[] end(Instant now, long lastSeq) {
    if (Lifecycle.decide(new RunState.Running(), new RunCommand.Interrupt())
            instanceof Decision.Accepted(var event)
        && event instanceof RunEvent.Ended(var outcome)) {
      return TimelineJson.line(
          new TimelineEntry(
              now,
              new TimelineEvent.RunCompleted(
                  outcome,
                  Optional.empty(),
                  OptionalLong.of(SeqCeiling.afterUncleanEnd(lastSeq)))));
    }
    throw new IllegalStateException("a running run can be interrupted");
  }
}
