package com.commaagents.cli.run;

import com.commaagents.cli.config.Place;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;

/// Which models a run uses when nobody said: those of the strategy file where they can be called,
/// else the scripted model where the strategy has a script beside it.
public sealed interface ModelChoice {
  /// The models of the file, or the daemon's own override.
  record OfTheFile() implements ModelChoice {}

  /// The embedded model; `why` is one line for the user.
  record Scripted(String why) implements ModelChoice {}

  String SCRIPTED_MODEL = "scripted/default";

  /// A service on this machine answers at once or not at all.
  int LOCAL_CONNECT_MILLIS = 200;

  /// Chooses by what this process can see of credentials.
  static ModelChoice of(StrategyFile strategy, Place place) {
    return of(strategy, new Credentials(place, ModelChoice::answers));
  }

  static ModelChoice of(StrategyFile strategy, Credentials credentials) {
    Optional<String> name = strategy.name();
    Optional<String> unreachable =
        strategy.providers().stream()
            .filter(provider -> !credentials.reach(provider, name))
            .findFirst();
    if (unreachable.isEmpty() || strategy.script().isEmpty()) {
      return new OfTheFile();
    }
    return new Scripted(
        Credentials.missing(unreachable.get())
            + ": using the scripted model of "
            + strategy.script().get().getFileName()
            + ".");
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LOCAL_CONNECT_MILLIS);
      return true;
    } catch (IOException nobody) {
      return false;
    }
  }
}
