package com.commaagents.server.handler;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.time.Clock;
import com.commaagents.engine.model.ProviderListing;
import com.commaagents.protocol.message.ClientMessage;
import com.commaagents.protocol.message.DaemonMessage;
import com.commaagents.protocol.message.ReplyHeader;
import com.commaagents.server.handler.ProviderServices.Credential;
import com.commaagents.server.mapping.ProviderReplies;
import java.util.List;
import java.util.Optional;

/// Carries out what clients ask about providers, models and credentials. Thread-safe.
final class ProviderRequests {
  private final ProviderServices providers;
  private final Clock clock;

  ProviderRequests(ProviderServices providers, Clock clock) {
    this.providers = providers;
    this.clock = clock;
  }

  private interface Answer {
    DaemonMessage get() throws InterruptedException;
  }

  DaemonMessage list(ClientMessage.ListProviders request) throws InterruptedException {
    return answering(
        request.requestId(),
        () -> {
          List<ProviderListing> listed = providers.list(request.scope(), request.live());
          return new DaemonMessage.ProviderList(
              header(request.requestId()), listed.stream().map(ProviderReplies::provider).toList());
        });
  }

  DaemonMessage models(ClientMessage.GetAvailableModels request) throws InterruptedException {
    return answering(
        request.requestId(),
        () -> {
          List<ProviderListing> listed = providers.list(request.scope(), Optional.empty());
          return new DaemonMessage.AvailableModels(
              header(request.requestId()), ProviderReplies.models(listed, request.modelId()));
        });
  }

  DaemonMessage register(ClientMessage.RegisterProvider request) throws InterruptedException {
    return answering(
        request.requestId(),
        () -> {
          providers.register(request.providerId());
          return new DaemonMessage.ProviderRegistered(
              header(request.requestId()), request.providerId());
        });
  }

  DaemonMessage unregister(ClientMessage.UnregisterProvider request) throws InterruptedException {
    return answering(
        request.requestId(),
        () -> {
          providers.unregister(request.providerId());
          return new DaemonMessage.ProviderUnregistered(
              header(request.requestId()), request.providerId());
        });
  }

  DaemonMessage setCredential(ClientMessage.SetCredential request) throws InterruptedException {
    Optional<Credential> credential =
        switch (request.credentialType()) {
          case API -> request.apiKey().map(Credential.Api::new);
          case OAUTH -> request.oauthToken().map(Credential.OAuth::new);
          case CUSTOM -> request.customData().map(Credential.Custom::new);
        };
    if (credential.isEmpty()) {
      return error(
          request.requestId(),
          "INVALID_MESSAGE",
          switch (request.credentialType()) {
            case API -> "apiKey is required for a credential of type api";
            case OAUTH -> "oauthToken is required for a credential of type oauth";
            case CUSTOM -> "customData is required for a credential of type custom";
          });
    }
    return answering(
        request.requestId(),
        () -> {
          providers.setCredential(request.providerId(), credential.get());
          return new DaemonMessage.CredentialSet(
              header(request.requestId()), request.providerId(), request.credentialType().label());
        });
  }

  private DaemonMessage answering(Optional<String> id, Answer answer) throws InterruptedException {
    try {
      return answer.get();
    } catch (Fault fault) {
      return error(
          id,
          fault.code() == FaultCode.NOT_FOUND ? "NOT_FOUND" : "INTERNAL_ERROR",
          fault.message());
    }
  }

  private DaemonMessage error(Optional<String> id, String code, String message) {
    return new DaemonMessage.ErrorReply(header(id), code, message);
  }

  private ReplyHeader header(Optional<String> requestId) {
    return new ReplyHeader(clock.now(), requestId);
  }
}
