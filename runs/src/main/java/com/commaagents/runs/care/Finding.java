package com.commaagents.runs.care;

import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;

/// Something that is wrong with a file or folder of a store. Says nothing of what the file holds.
///
/// @param line its number in the file, from 1; empty where the whole file is meant
/// @param offset of its first byte in the file
/// @param what is wrong, without a full stop
public record Finding(Kind kind, Path file, OptionalLong line, OptionalLong offset, String what) {
  static Finding of(Kind kind, Path file, String what) {
    return new Finding(kind, file, OptionalLong.empty(), OptionalLong.empty(), what);
  }

  /// What is wrong, and what a repair does about it.
  public enum Kind {
    NOT_UTF8("drop the line", true),
    NOT_JSON("drop the line", true),
    NO_EVENT("drop the line", true),
    TOO_LONG("drop the line", true),
    TORN_TAIL("cut it off", true),
    NO_LINE_END("add the line end", true),
    OUTSIDE_SEGMENT("keep it, behind a note that the beginning is lost", true),
    NO_END("append the end, as of an interrupted run", true),
    OPEN_TO_OTHERS("let only the owner in", true),
    JOURNAL_LEFT("bring it into the timelines, as the next start does", true),
    JOURNAL_KEPT("look at the daemon's log, then move it away", false),
    NO_RUN_ID("rename it, or move it away", false),
    NO_FILE("move it away", false),
    UNREADABLE("see to its owner and its disk", false);

    private final String remedy;
    private final boolean repairable;

    Kind(String remedy, boolean repairable) {
      this.remedy = remedy;
      this.repairable = repairable;
    }

    /// As programs get it, for example `torn-tail`.
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// What a repair does, or what a person should do, as the predicate of a sentence.
    public String remedy() {
      return remedy;
    }

    /// Whether a repair can do it.
    public boolean repairable() {
      return repairable;
    }

    /// Whether it is how a timeline looks that somebody is just writing.
    boolean isOfTheTail() {
      return this == TORN_TAIL || this == NO_LINE_END || this == NO_END;
    }

    /// Whether the lines of a timeline have to be written anew.
    boolean isOfLines() {
      return switch (this) {
        case NOT_UTF8,
            NOT_JSON,
            NO_EVENT,
            TOO_LONG,
            TORN_TAIL,
            NO_LINE_END,
            OUTSIDE_SEGMENT,
            NO_END ->
            true;
        case OPEN_TO_OTHERS, JOURNAL_LEFT, JOURNAL_KEPT, NO_RUN_ID, NO_FILE, UNREADABLE -> false;
      };
    }
  }
}
