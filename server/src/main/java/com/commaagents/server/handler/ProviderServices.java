package com.commaagents.server.handler;

import com.commaagents.engine.model.ProviderListing;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Port: the providers of models that the daemon knows, and their credentials. Thread-safe.
public interface ProviderServices {
  /// All providers, by id, with their models.
  ///
  /// @param scope whose credentials count: a strategy's name; empty: those of all strategies
  /// @param live whether providers are asked for their models; empty: those are whose models nobody
  ///   else could know
  /// @throws com.commaagents.base.fault.Fault when a file that says so cannot be read
  List<ProviderListing> list(Optional<String> scope, Optional<Boolean> live)
      throws InterruptedException;

  /// Has a provider listed whatever happens to its credentials.
  ///
  /// @throws com.commaagents.base.fault.Fault `NOT_FOUND` when nothing is known of it
  void register(String providerId);

  /// Takes that back.
  ///
  /// @throws com.commaagents.base.fault.Fault as [#register]
  void unregister(String providerId);

  /// Keeps a credential for every strategy.
  ///
  /// @throws com.commaagents.base.fault.Fault when it cannot be kept
  void setCredential(String providerId, Credential credential);

  /// A secret by its kind; its `toString` shows none.
  sealed interface Credential {
    record Api(String key) implements Credential {
      @Override
      public String toString() {
        return "Api";
      }
    }

    record OAuth(String accessToken) implements Credential {
      @Override
      public String toString() {
        return "OAuth";
      }
    }

    record Custom(JsonNode data) implements Credential {
      @Override
      public String toString() {
        return "Custom";
      }
    }
  }
}
