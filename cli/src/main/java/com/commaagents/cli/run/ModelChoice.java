package com.commaagents.cli.run;

import com.commaagents.cli.config.Place;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Optional;

/// Which models a run uses when nobody said: those of the strategy file where they can be called,
/// the usual model of a provider that can be called where the file names none, else the scripted
/// model where the strategy has a script beside it.
public sealed interface ModelChoice {
  /// The models of the file, or the daemon's own override.
  record OfTheFile() implements ModelChoice {}

  /// A model for all agents; `why` is one line for the user.
  record Usual(String model, String why) implements ModelChoice {}

  /// The embedded model; `why` is one line for the user.
  record Scripted(String why) implements ModelChoice {}

  String SCRIPTED_MODEL = "scripted/default";

  /// One good model for each provider; of several providers that can be called the first counts.
  List<String> USUAL_MODELS =
      List.of(
          "anthropic/claude-sonnet-4-5",
          "openai/gpt-5",
          "google/gemini-3.8-flash",
          "openrouter/anthropic/claude-sonnet-4.5",
          "xai/grok-4.5",
          "mistral/mistral-large-latest",
          "deepseek/deepseek-flash",
          "groq/openai/gpt-oss-120b");

  /// A service on this machine answers at once or not at all.
  int LOCAL_CONNECT_MILLIS = 200;

  /// Chooses by what this process can see of credentials.
  static ModelChoice of(StrategyFile strategy, Place place) {
    return of(strategy, new Credentials(place, ModelChoice::answers));
  }

  static ModelChoice of(StrategyFile strategy, Credentials credentials) {
    Optional<String> name = strategy.name();
    return strategy.providers().isEmpty()
        ? ofNone(strategy, name, credentials)
        : ofItsOwn(strategy, name, credentials);
  }

  private static ModelChoice ofNone(
      StrategyFile strategy, Optional<String> name, Credentials credentials) {
    Optional<String> usual =
        USUAL_MODELS.stream()
            .filter(model -> credentials.reach(model.substring(0, model.indexOf('/')), name))
            .findFirst();
    if (usual.isPresent()) {
      return new Usual(usual.get(), "Using " + usual.get() + "; --model sets another.");
    }
    return strategy.script().isPresent()
        ? new Scripted(
            "No provider has a key: using the scripted model, which only shows how it goes.")
        : new OfTheFile();
  }

  private static ModelChoice ofItsOwn(
      StrategyFile strategy, Optional<String> name, Credentials credentials) {
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
