package com.commaagents.models.credentials;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.time.Clock;
import com.commaagents.models.rest.JsonHttp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/// Renews access tokens that have expired or that a provider takes no more, where their credential
/// says how, and keeps the new ones in the file. Thread-safe.
///
/// However many ask, one token is renewed once: the others wait for it. It is renewed on a thread
/// of its own, because a provider may give a new refresh token and take the old one no more; an
/// interruption of whoever asked must not lose it. Limit: a token counts as expired [#LEEWAY]
/// before it is.
public final class TokenRenewal {
  static final Duration LEEWAY = Duration.ofSeconds(60);

  private final CredentialStore store;
  private final TokenEndpoint endpoint;
  private final Clock clock;
  private final Map<String, Flight> flights = new ConcurrentHashMap<>();

  public TokenRenewal(CredentialStore store, JsonHttp http, Clock clock) {
    this.store = store;
    this.endpoint = new TokenEndpoint(http, clock);
    this.clock = clock;
  }

  /// A renewal that is under way.
  private static final class Flight {
    final CountDownLatch landed = new CountDownLatch(1);
    final AtomicReference<Optional<Fault>> failure = new AtomicReference<>(Optional.empty());
  }

  /// Whether the credential that counts is a token which can be renewed; asks nobody.
  ///
  /// @throws Fault as [CredentialStore#find]
  public boolean isRenewable(String scope, String providerId, List<String> environmentNames) {
    return grant(scope, providerId, environmentNames).filter(Grant::isRenewable).isPresent();
  }

  /// The credential that counts, as [CredentialStore#find], with a token that has not expired where
  /// it can be renewed.
  ///
  /// @throws Fault as [CredentialStore#find]; `CREDENTIALS` when it cannot be renewed, with what to
  ///   do
  public Optional<Credential> fresh(String scope, String providerId, List<String> environmentNames)
      throws InterruptedException {
    Optional<Grant> grant = grant(scope, providerId, environmentNames);
    if (grant.filter(Grant::isRenewable).filter(this::isStale).isPresent()) {
      renew(grant.get());
    }
    return store.find(scope, providerId, environmentNames);
  }

  /// The credential in place of a token that the provider has refused; empty where there is no
  /// other.
  ///
  /// @throws Fault as [#fresh]
  public Optional<Credential> insteadOf(
      String refusedToken, String scope, String providerId, List<String> environmentNames)
      throws InterruptedException {
    Optional<Grant> grant = grant(scope, providerId, environmentNames);
    if (grant
        .filter(Grant::isRenewable)
        .filter(it -> it.accessToken().equals(refusedToken))
        .isPresent()) {
      renew(grant.get());
    }
    return store
        .find(scope, providerId, environmentNames)
        .filter(found ->
            found instanceof Credential.OAuth oauth && !oauth.accessToken().equals(refusedToken));
  }

  private Optional<Grant> grant(String scope, String providerId, List<String> environmentNames) {
    return store
        .find(scope, providerId, environmentNames)
        .filter(Credential.OAuth.class::isInstance)
        .map(_ -> store.grant(scope, providerId));
  }

  private boolean isStale(Grant grant) {
    Instant soon = clock.now().plus(LEEWAY);
    return grant.expiresAt().filter(instant -> !instant.isAfter(soon)).isPresent();
  }

  private void renew(Grant grant) throws InterruptedException {
    Flight own = new Flight();
    Flight flight = flights.putIfAbsent(grant.place(), own);
    if (flight == null) {
      flight = own;
      Thread.ofVirtual().name("renew-" + grant.providerId()).start(() -> fly(own, grant));
    }
    flight.landed.await();
    Optional<Fault> failure = flight.failure.get();
    if (failure.isPresent()) {
      throw new Fault(failure.get().code(), failure.get().message());
    }
  }

  private void fly(Flight flight, Grant grant) {
    try {
      // Somebody may have renewed it since it was read.
      Grant now = store.grant(grant.scope(), grant.providerId());
      if (now.accessToken().equals(grant.accessToken())) {
        store.renew(now, endpoint.renewed(now));
      }
    } catch (Fault fault) {
      flight.failure.set(Optional.of(fault));
    } catch (InterruptedException stopped) {
      flight.failure.set(
          Optional.of(new Fault(FaultCode.SHUTTING_DOWN, "the daemon is shutting down")));
    } finally {
      flights.remove(grant.place(), flight);
      flight.landed.countDown();
    }
  }
}
