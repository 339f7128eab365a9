package com.commaagents.models;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What to do next, in words: missing credentials and unknown models.
final class Advice {
  /// What would make a real model usable in place of a script.
  static final String REAL_MODELS =
      "Or use a real model: set one of "
          + Providers.sorted().stream()
              .flatMap(provider -> provider.environment().stream().limit(1))
              .collect(Collectors.joining(", "))
          + " and give the agent a model such as anthropic/claude-sonnet-4-5 or openai/gpt-5;"
          + " ollama/MODEL and lmstudio/MODEL need no key.";

  private Advice() {}

  /// @param unusable why one that another program keeps cannot be used
  static Fault missingCredential(Provider provider, Optional<String> unusable) {
    String how =
        provider.environment().isEmpty()
            ? configure(provider.id())
            : "set the environment variable "
                + String.join(" or ", provider.environment())
                + " and start the daemon with it, or store the key with set_credential, or in"
                + " credentials.json: {\"$global\": {\""
                + provider.id()
                + "\": {\"type\": \"api\", \"key\": \"…\"}}}";
    return new Fault(
        FaultCode.CREDENTIALS,
        "no credential for the provider "
            + provider.id()
            + " ("
            + provider.title()
            + "): "
            + how
            + unusable.map(why -> ". Besides, " + why).orElse(""));
  }

  static Fault missingBaseUrl(String providerId) {
    return new Fault(
        FaultCode.CREDENTIALS,
        "the credential of the provider "
            + providerId
            + " does not say where it is: "
            + configure(providerId));
  }

  /// @param field of a credential of type `custom`
  static Fault missingSetting(String providerId, String field, String variable) {
    return new Fault(
        FaultCode.CREDENTIALS,
        "the provider "
            + providerId
            + " needs "
            + field
            + ": set the environment variable "
            + variable
            + " and start the daemon with it, or store a credential of type custom with"
            + " set_credential, or in credentials.json: {\"$global\": {\""
            + providerId
            + "\": {\"type\": \"custom\", \"data\": {\""
            + field
            + "\": \"…\", …}}}}; docs/providers.md has every field");
  }

  /// How an endpoint of one's own is configured.
  static String configure(String providerId) {
    return "store a credential of type custom with set_credential, or in credentials.json:"
        + " {\"$global\": {\""
        + providerId
        + "\": {\"type\": \"custom\", \"data\": {\"baseURL\": \"http://HOST/v1\", \"apiKey\":"
        + " \"…\"}}}}";
  }

  /// @param offering the providers known to offer it, none of which has a credential
  static Fault unknownModel(String name, Optional<ModelName> parsed, List<String> offering) {
    if (!offering.isEmpty()) {
      return offered(name, offering);
    }
    String what =
        parsed.isPresent()
            ? "there is no provider " + parsed.get().providerId()
            : "no provider is known to offer " + name + "; write provider/model";
    return new Fault(
        FaultCode.NOT_FOUND,
        "the model "
            + name
            + " was not found: "
            + what
            + ". Built in are "
            + Providers.sorted().stream().map(Provider::id).collect(Collectors.joining(", "))
            + ". For an OpenAI-compatible endpoint of your own "
            + configure(parsed.map(ModelName::providerId).orElse("NAME")));
  }

  private static Fault offered(String name, List<String> offering) {
    String variables =
        offering.stream()
            .flatMap(id -> Providers.find(id).stream())
            .flatMap(provider -> provider.environment().stream())
            .collect(Collectors.joining(" or "));
    return new Fault(
        FaultCode.CREDENTIALS,
        "the model "
            + name
            + " is offered by "
            + String.join(", ", offering)
            + ", but there is no credential for it: "
            + (variables.isEmpty()
                ? configure(offering.getFirst())
                : "set " + variables + ", or store the key with set_credential"));
  }
}
