package com.commaagents.cli.run;

import com.commaagents.cli.run.Style.Tone;

/// Who speaks within an agent's lane; text of two voices never shares a line.
///
/// @param tone how it looks
/// @param indent stands before each line, beside the lane's own
/// @param source tells two voices of one look apart
record Voice(Tone tone, String indent, String source) {
  static final Voice SPEECH = new Voice(Tone.PLAIN, "", "");
  static final Voice THOUGHT = new Voice(Tone.FAINT, "", "");

  /// A stream of a tool that runs.
  static Voice tool(String source) {
    return new Voice(Tone.FAINT, "  ", source);
  }
}
