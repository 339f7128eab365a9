package com.commaagents.tools.confinement;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.time.Clock;
import com.commaagents.tools.confinement.Confinements.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfinementsTest {
  private static final WritablePlaces PLACES = new WritablePlaces(List.of(), Optional.empty());

  @TempDir Path folder;

  private Trial bubblewrap(String script, Clock clock) throws IOException, InterruptedException {
    Path program = folder.resolve("bwrap");
    Files.writeString(program, "#!/bin/sh\n" + script);
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return new Confinements(new SearchPath(folder + ":/usr/bin:/bin"), clock).bubblewrap(PLACES);
  }

  @Test
  void takesNoBubblewrapThatDoesNotBegin() throws Exception {
    assertThat(bubblewrap("[ \"$1\" = --version ] || read -r _\n", new HastyClock()))
        .isEqualTo(
            new Trial.Fails("bubblewrap does not work here: bubblewrap did not begin within 5 s"));
  }

  @Test
  void takesNoBubblewrapThatKnowsTooLittleOrConfinesNothing() throws Exception {
    assertThat(bubblewrap("echo 'bwrap: Unknown option --pidns' >&2; exit 1\n", Clock.system()))
        .isEqualTo(new Trial.Fails("bubblewrap does not work here: bwrap: Unknown option --pidns"));
    assertThat(
            bubblewrap(
                """
                [ "$1" = --version ] && exit
                case "$*" in *--info-fd*) echo '{"child-pid": '$$'}'; read -r _; exit ;; esac
                while [ "$1" != -- ]; do shift; done
                shift
                exec "$@"
                """,
                Clock.system()))
        .isEqualTo(new Trial.Fails("a command could write outside of its workspace all the same"));
  }

  @Test
  void looksForTheProgramWhereProgramsAre() throws Exception {
    assertThat(
            new Confinements(new SearchPath("relative:" + folder), Clock.system())
                .bubblewrap(PLACES))
        .isEqualTo(new Trial.Fails("bwrap is not on the PATH (its package is bubblewrap)"));
  }

  /// However short somebody sleeps, a second passes.
  private static final class HastyClock implements Clock {
    private final AtomicLong seconds = new AtomicLong();

    @Override
    public Instant now() {
      return Instant.EPOCH.plusSeconds(seconds.get());
    }

    @Override
    public long nanos() {
      return Duration.ofSeconds(seconds.get()).toNanos();
    }

    @Override
    public void sleep(Duration duration) {
      seconds.incrementAndGet();
    }
  }
}
