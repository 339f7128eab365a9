package com.commaagents.cli;

import com.commaagents.base.fault.Fault;

/// What the commands tell the shell.
final class ExitCode {
  static final int DONE = 0;
  static final int RUN_FAILED = 1;
  static final int USAGE = 2;
  static final int DAEMON = 3;
  static final int STOPPED = 130;

  private ExitCode() {}

  static int of(Fault fault) {
    return switch (fault.code()) {
      case INVALID_INPUT, NOT_FOUND -> USAGE;
      case CONFLICT,
          CREDENTIALS,
          LIMIT_EXCEEDED,
          UPSTREAM,
          PERSISTENCE,
          SHUTTING_DOWN,
          UNSUPPORTED ->
          DAEMON;
    };
  }
}
