package com.commaagents.cli;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.cli.arguments.Arguments;
import com.commaagents.cli.runs.PruneRule;
import com.commaagents.cli.words.Age;
import com.commaagents.cli.words.Size;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// The options of `comma runs …`, read.
final class RunsOptions {
  private RunsOptions() {}

  /// @throws Fault `INVALID_INPUT` for what is no whole number above 0
  static OptionalInt whole(Arguments arguments, String name) {
    Optional<String> typed = arguments.value(name);
    if (typed.isEmpty()) {
      return OptionalInt.empty();
    }
    if (!typed.get().matches("0*[1-9]\\d{0,8}")) {
      throw usage(name + ": expected a whole number above 0, not `" + typed.get() + "`.");
    }
    return OptionalInt.of(Integer.parseInt(typed.get()));
  }

  /// @throws Fault `INVALID_INPUT` for a value that cannot be read, and where no condition is given
  static PruneRule pruneRule(Arguments arguments) {
    Optional<Duration> olderThan =
        arguments
            .value("--older-than")
            .map(typed ->
                Age.read(typed)
                    .orElseThrow(() ->
                        usage(
                            "--older-than: expected a time such as 12h, 30d or 2w, not `"
                                + typed
                                + "`.")));
    OptionalLong maxBytes = OptionalLong.empty();
    Optional<String> size = arguments.value("--max-size");
    if (size.isPresent()) {
      maxBytes = Size.read(size.get());
      if (maxBytes.isEmpty()) {
        throw usage(
            "--max-size: expected a size such as 500MiB or 2GiB, not `" + size.get() + "`.");
      }
    }
    OptionalInt keep = whole(arguments, "--keep");
    if (olderThan.isEmpty() && keep.isEmpty() && maxBytes.isEmpty()) {
      throw usage(
          "Which runs may go? Give --older-than, --keep or --max-size; --dry-run only shows them.");
    }
    return new PruneRule(
        olderThan,
        keep.isPresent() ? OptionalLong.of(keep.getAsInt()) : OptionalLong.empty(),
        maxBytes);
  }

  static Fault usage(String message) {
    return new Fault(FaultCode.INVALID_INPUT, message);
  }
}
