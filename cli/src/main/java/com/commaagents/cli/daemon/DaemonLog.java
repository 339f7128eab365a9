package com.commaagents.cli.daemon;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import com.commaagents.cli.config.DaemonSettings;
import com.commaagents.cli.config.LogLevel;
import org.slf4j.LoggerFactory;

/// The daemon's log, set up in code: reading an XML file costs more than the rest of the start.
///
/// The file holds at most [#MAX_FILE_BYTES]; then it becomes `NAME.1`, and [#KEPT_FILES] of those
/// are kept. In the foreground what is logged stands on the standard error too.
public final class DaemonLog implements AutoCloseable {
  public static final long MAX_FILE_BYTES = 10L << 20;
  public static final int KEPT_FILES = 3;

  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{20} - %msg%n%xEx{30}%nopex";

  private final LoggerContext context;

  private DaemonLog(LoggerContext context) {
    this.context = context;
  }

  /// Sends everything that is logged from now on to the log file.
  public static DaemonLog open(DaemonSettings settings, boolean alsoConsole) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(libraries(settings.logLevel()));
    context.getLogger("com.commaagents").setLevel(level(settings.logLevel()));
    // It quotes what servers say, which may hold what their definitions keep secret.
    context.getLogger("io.modelcontextprotocol").setLevel(Level.OFF);
    // It quotes what it signs, and so the token that lends keys for a time.
    context.getLogger("software.amazon.awssdk").setLevel(Level.OFF);
    root.addAppender(file(context, settings));
    if (alsoConsole) {
      root.addAppender(console(context));
    }
    return new DaemonLog(context);
  }

  private static RollingFileAppender<ILoggingEvent> file(
      LoggerContext context, DaemonSettings settings) {
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setFile(settings.logFile().toString());
    FixedWindowRollingPolicy names = new FixedWindowRollingPolicy();
    names.setContext(context);
    names.setParent(appender);
    names.setFileNamePattern(settings.logFile() + ".%i");
    names.setMinIndex(1);
    names.setMaxIndex(KEPT_FILES);
    names.start();
    SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
    size.setContext(context);
    size.setMaxFileSize(new FileSize(MAX_FILE_BYTES));
    size.start();
    appender.setRollingPolicy(names);
    appender.setTriggeringPolicy(size);
    return started(context, appender);
  }

  private static ConsoleAppender<ILoggingEvent> console(LoggerContext context) {
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setTarget("System.err");
    return started(context, appender);
  }

  private static <A extends OutputStreamAppender<ILoggingEvent>> A started(
      LoggerContext context, A appender) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.start();
    return appender;
  }

  private static Level level(LogLevel level) {
    return switch (level) {
      case OFF -> Level.OFF;
      case ERROR -> Level.ERROR;
      case WARN -> Level.WARN;
      case INFO -> Level.INFO;
      case DEBUG -> Level.DEBUG;
      case TRACE -> Level.TRACE;
    };
  }

  // What libraries say below a warning is of no use to who runs the daemon, unless asked for all.
  private static Level libraries(LogLevel level) {
    return switch (level) {
      case OFF -> Level.OFF;
      case ERROR -> Level.ERROR;
      case WARN, INFO, DEBUG -> Level.WARN;
      case TRACE -> Level.DEBUG;
    };
  }

  /// Writes what is left and closes the file.
  @Override
  public void close() {
    context.stop();
  }
}
