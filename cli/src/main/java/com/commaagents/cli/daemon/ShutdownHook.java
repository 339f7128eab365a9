package com.commaagents.cli.daemon;

import java.util.concurrent.CountDownLatch;

/// Turns SIGTERM, SIGINT and SIGHUP into an orderly end with an exit code of our choice.
///
/// The machine's own way is a shutdown hook; after it the JVM would exit with 128 plus the signal.
/// The hook therefore halts the JVM as its last act, when all is closed and written. The other way,
/// `sun.misc.Signal`, is no supported API.
public final class ShutdownHook {
  /// What a signal starts; it decides the exit code.
  @FunctionalInterface
  public interface Action {
    int onSignal();
  }

  private static final int FAILED = 1;

  private final Thread hook;
  private final CountDownLatch ended = new CountDownLatch(1);

  private ShutdownHook(Action action) {
    hook =
        new Thread(
            () -> {
              if (ended.getCount() > 0) {
                int code = FAILED;
                try {
                  code = action.onSignal();
                } finally {
                  Runtime.getRuntime().halt(code);
                }
              }
            },
            "shutdown");
  }

  public static ShutdownHook install(Action action) {
    ShutdownHook installed = new ShutdownHook(action);
    Runtime.getRuntime().addShutdownHook(installed.hook);
    return installed;
  }

  /// From now on an exit of the JVM is an ordinary one.
  public void disarm() {
    ended.countDown();
  }

  /// Blocks for as long as the process lives: the hook ends it.
  public void awaitSignal() throws InterruptedException {
    ended.await();
  }
}
