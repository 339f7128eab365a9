package com.commaagents.engine.tool;

import com.commaagents.engine.event.ToolOutput;

/// Where a tool tells what it says while it runs, so that people can watch. Whatever is told here
/// has to be in the result as well: it is kept nowhere and may be left out.
///
/// Used by one thread at a time, and never blocks it. What comes after the call has ended is
/// dropped.
@FunctionalInterface
public interface LiveOutput {
  /// Nobody watches.
  LiveOutput NONE = (_, _) -> {};

  /// Tells a piece; long ones are divided. It need not end where a line ends.
  void tell(ToolOutput.Stream stream, String text);
}
