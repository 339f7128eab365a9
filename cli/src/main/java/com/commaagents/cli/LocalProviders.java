package com.commaagents.cli;

import com.commaagents.engine.model.ProviderListing;
import com.commaagents.models.ProviderDirectory;
import com.commaagents.models.ProviderDirectory.Asking;
import com.commaagents.models.credentials.CredentialStore;
import com.commaagents.server.handler.ProviderServices;
import java.util.List;
import java.util.Optional;

/// Providers and credentials as this machine knows them, for the daemon's clients.
final class LocalProviders implements ProviderServices {
  private final ProviderDirectory directory;
  private final CredentialStore credentials;

  LocalProviders(ProviderDirectory directory, CredentialStore credentials) {
    this.directory = directory;
    this.credentials = credentials;
  }

  @Override
  public List<ProviderListing> list(Optional<String> scope, Optional<Boolean> live)
      throws InterruptedException {
    Asking asking =
        live.map(wanted -> wanted ? Asking.ALL : Asking.NOBODY).orElse(Asking.THOSE_OF_ONES_OWN);
    return directory.list(scope.orElse(CredentialStore.GLOBAL), asking);
  }

  @Override
  public void register(String providerId) {
    directory.register(providerId);
  }

  @Override
  public void unregister(String providerId) {
    directory.unregister(providerId);
  }

  @Override
  public void setCredential(String providerId, Credential credential) {
    credentials.set(
        providerId,
        switch (credential) {
          case Credential.Api(var key) ->
              new com.commaagents.models.credentials.Credential.ApiKey(key);
          case Credential.OAuth(var token) ->
              new com.commaagents.models.credentials.Credential.OAuth(token, Optional.empty());
          case Credential.Custom(var data) ->
              new com.commaagents.models.credentials.Credential.Custom(data);
        });
  }
}
