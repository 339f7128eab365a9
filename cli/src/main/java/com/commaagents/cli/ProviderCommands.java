package com.commaagents.cli;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.json.Json;
import com.commaagents.cli.arguments.Arguments;
import com.commaagents.cli.client.DaemonClient;
import com.commaagents.cli.config.DaemonSettings;
import com.commaagents.cli.config.Flags;
import com.commaagents.cli.models.ModelRow;
import com.commaagents.cli.models.ProviderRow;
import com.commaagents.cli.models.ProviderTables;
import com.commaagents.cli.terminal.Terminal;
import com.commaagents.cli.words.Suggestion;
import com.commaagents.models.ProviderModels;
import com.commaagents.models.catalogue.Catalogues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `comma providers …` and `comma models …`, all of it through the daemon.
///
/// A key is typed without being shown, or comes from the standard input; it is never an argument,
/// which every process of the machine could read. Limit: one of more than [#MAX_KEY_BYTES] is
/// refused.
final class ProviderCommands {
  static final int MAX_KEY_BYTES = 16 << 10;

  private final Surroundings surroundings;
  private final Arguments arguments;
  private final Terminal terminal;
  private final DaemonSettings settings;

  ProviderCommands(Surroundings surroundings, Arguments arguments) {
    this.surroundings = surroundings;
    this.arguments = arguments;
    this.terminal = surroundings.terminal();
    this.settings = DaemonSettings.load(surroundings.place(), Flags.NONE);
  }

  int list() throws InterruptedException {
    List<ProviderRow> providers = withDaemon(daemon -> providers(daemon, live()));
    if (arguments.has("--json")) {
      show("providers", providers.stream().map(ProviderRow::json).toList());
    } else {
      terminal.out(ProviderTables.providers(providers, terminal.columns()));
    }
    tellErrors(providers);
    return ExitCode.DONE;
  }

  int listModels() throws InterruptedException {
    List<ProviderRow> providers = withDaemon(daemon -> providers(daemon, live()));
    String query = arguments.word(0).orElse("");
    List<ModelRow> models =
        providers.stream()
            .filter(this::isWanted)
            .flatMap(provider -> provider.models().stream())
            .filter(model -> model.matches(query))
            .toList();
    if (arguments.has("--json")) {
      show("models", models.stream().map(ModelRow::json).toList());
    } else if (models.isEmpty()) {
      terminal.err(
          arguments.has("--all")
              ? "No such model is known; a provider may offer it all the same."
              : "No such model can be called from here. --all shows those that need a key: comma"
                  + " providers set-key PROVIDER");
    } else {
      terminal.out(ProviderTables.models(models, terminal.columns()));
    }
    tellErrors(providers.stream().filter(ProviderRow::usable).toList());
    return ExitCode.DONE;
  }

  private boolean isWanted(ProviderRow provider) {
    return arguments.has("--all") || (provider.usable() && !provider.isNotRunning());
  }

  int setKey() throws InterruptedException {
    String provider =
        arguments
            .word(0)
            .orElseThrow(() -> usage("Which provider? comma providers set-key PROVIDER"));
    return withDaemon(daemon -> {
      requireTakesKey(provider, providers(daemon, Optional.of(false)));
      JsonNode _ =
          daemon.ask(
              Json.object()
                  .put("type", "set_credential")
                  .put("providerId", provider)
                  .put("credentialType", "api")
                  .put("apiKey", key(provider)));
      terminal.err("The key of " + provider + " is kept in " + credentialFile() + ".");
      ProviderModels.credentialVariables(provider).stream()
          .filter(name -> surroundings.place().variable(name).isPresent())
          .findFirst()
          .ifPresent(name ->
              terminal.err(
                  "But "
                      + name
                      + " is set: it counts before the file where the daemon was started with it."));
      return ExitCode.DONE;
    });
  }

  private void requireTakesKey(String provider, List<ProviderRow> providers) {
    ProviderRow known =
        providers.stream()
            .filter(one -> one.id().equals(provider))
            .findFirst()
            .orElseThrow(() ->
                usage(
                    "There is no provider `"
                        + provider
                        + "`"
                        + Suggestion.forWord(
                            provider, providers.stream().map(ProviderRow::id).toList())
                        + " An endpoint of your own is an entry of type custom in "
                        + credentialFile()
                        + "."));
    if (known.hasOwnCredential()) {
      throw usage(
          provider
              + " has more than a key: its address and its key are an entry of type custom in "
              + credentialFile()
              + ".");
    }
  }

  private String key(String provider) {
    try {
      String typed =
          terminal.interactive()
              ? terminal.readSecret("Key of " + provider + ": ").orElse("")
              : terminal.readAll(MAX_KEY_BYTES);
      String key = typed.strip();
      if (!key.matches("[!-~]+") || key.length() > MAX_KEY_BYTES) {
        throw usage("A key is one word of plain characters; nothing was changed.");
      }
      return key;
    } catch (IOException unreadable) {
      throw usage("The key could not be read: " + unreadable.getMessage());
    }
  }

  private String credentialFile() {
    return settings.dataDirectory().resolve("credentials.json").toString();
  }

  private Optional<Boolean> live() {
    return arguments.has("--live") ? Optional.of(true) : Optional.empty();
  }

  private static List<ProviderRow> providers(DaemonClient daemon, Optional<Boolean> live)
      throws InterruptedException {
    ObjectNode request = Json.object().put("type", "list_providers");
    live.ifPresent(asked -> request.put("live", asked));
    List<ProviderRow> rows = new ArrayList<>();
    daemon.ask(request).path("providers").forEach(json -> rows.add(new ProviderRow(json)));
    return rows;
  }

  private void show(String field, List<JsonNode> items) {
    ObjectNode json = Json.object();
    ArrayNode list = json.putArray(field);
    list.addAll(items);
    terminal.out(Json.write(json) + "\n");
  }

  // The daemon leaves out what is wrong with the owner's catalogue, and its log says so.
  private void tellErrors(List<ProviderRow> providers) {
    providers.stream()
        .filter(provider -> arguments.has("--live") || !provider.isNotRunning())
        .forEach(provider -> provider.error().ifPresent(terminal::err));
    Catalogues.with(settings.dataDirectory().resolve("models.json"))
        .problems()
        .forEach(terminal::err);
  }

  private <T> T withDaemon(DaemonDoor.Work<T> work) throws InterruptedException {
    return DaemonDoor.ask(surroundings, terminal, settings, work);
  }

  private static Fault usage(String message) {
    return new Fault(FaultCode.INVALID_INPUT, message);
  }
}
