package com.commaagents.cli.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import com.commaagents.cli.config.DaemonSettings;
import com.commaagents.cli.config.Flags;
import com.commaagents.cli.config.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class DaemonLogTest {
  @TempDir Path home;

  @AfterEach
  void beSilentAgain() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    new SilentLogging().configure(context);
  }

  @Test
  void holdsNothingOfLibrariesThatQuoteSecretsHoweverMuchIsAskedFor() throws Exception {
    Map<String, String> variables = Map.of("COMMA_DAEMON_LOG_LEVEL", "trace");
    Place place = new Place(variables, home, home.resolve("work"));
    DaemonSettings settings = DaemonSettings.load(place, Flags.NONE);
    try (DaemonLog _ = DaemonLog.open(settings, false)) {
      LoggerFactory.getLogger("org.example.Library").debug("said by another");
      LoggerFactory.getLogger("software.amazon.awssdk.http.auth.Signer").error("marker-of-a-token");
      LoggerFactory.getLogger("io.modelcontextprotocol.Client").error("marker-of-a-server");
    }
    assertThat(Files.readString(settings.logFile()))
        .contains("said by another")
        .doesNotContain("marker-of");
  }
}
