package com.commaagents.server.fakes;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.engine.model.ModelFacts;
import com.commaagents.engine.model.ModelFacts.Capabilities;
import com.commaagents.engine.model.ModelFacts.Dates;
import com.commaagents.engine.model.ModelFacts.Modalities;
import com.commaagents.engine.model.ModelFacts.Modality;
import com.commaagents.engine.model.ModelFacts.Prices;
import com.commaagents.engine.model.ModelFacts.Status;
import com.commaagents.engine.model.ModelFacts.Tokens;
import com.commaagents.engine.model.ProviderListing;
import com.commaagents.engine.model.ProviderListing.CredentialKind;
import com.commaagents.engine.model.ProviderListing.Source;
import com.commaagents.server.handler.ProviderServices;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// Two providers with one model in common. The scope `broken` cannot be listed, the provider
/// `nobody` is not known, `refused` cannot be kept, and `defect` meets a programming error.
public final class FakeProviders implements ProviderServices {
  public static final String DEFECT = "a defect with a secret in it";

  public static final ModelFacts SHARED =
      new ModelFacts(
          "shared",
          Optional.of("Shared"),
          Optional.of("s"),
          new Tokens(OptionalLong.of(100), OptionalLong.of(80), OptionalLong.of(20)),
          new Dates(Optional.of("2025-01"), Optional.of("2025-02-03"), Optional.of("2025-04")),
          Optional.of(Status.BETA),
          new Modalities(List.of(Modality.TEXT, Modality.PDF), List.of(Modality.TEXT)),
          new Capabilities(
              Optional.of(true),
              Optional.of(false),
              Optional.of(true),
              Optional.of(true),
              Optional.of(false)),
          new Prices(
              Optional.of(new BigDecimal("0.25")),
              Optional.of(BigDecimal.TWO),
              Optional.of(BigDecimal.TEN),
              Optional.of(new BigDecimal("0.025")),
              Optional.of(BigDecimal.ONE),
              Optional.empty()));

  public static final List<ProviderListing> LISTED =
      List.of(
          new ProviderListing(
              "alpha",
              "Alpha",
              CredentialKind.API,
              false,
              List.of(ModelFacts.unknown("shared").withName("Another"), ModelFacts.unknown("Zed")),
              Source.ERROR,
              Optional.empty(),
              Optional.of("nobody there"),
              true),
          new ProviderListing(
              "beta",
              "Beta",
              CredentialKind.NONE,
              true,
              List.of(SHARED),
              Source.MERGED,
              Optional.of(FixedClock.NOW),
              Optional.empty(),
              false));

  public final Map<String, Credential> credentials = new ConcurrentHashMap<>();
  public final Set<String> registered = new TreeSet<>();
  public Optional<Boolean> askedLive = Optional.empty();

  @Override
  public List<ProviderListing> list(Optional<String> scope, Optional<Boolean> live) {
    askedLive = live;
    if (scope.equals(Optional.of("broken"))) {
      throw new Fault(FaultCode.INVALID_INPUT, "credentials.json:1:1: this is not valid JSON");
    }
    return LISTED;
  }

  @Override
  public void register(String providerId) {
    requireKnown(providerId);
    registered.add(providerId);
  }

  @Override
  public void unregister(String providerId) {
    requireKnown(providerId);
    registered.remove(providerId);
  }

  private static void requireKnown(String providerId) {
    if (providerId.equals("nobody")) {
      throw new Fault(FaultCode.NOT_FOUND, "Provider not found: nobody.");
    }
  }

  @Override
  public void setCredential(String providerId, Credential credential) {
    if (providerId.equals("defect")) {
      throw new IllegalStateException(DEFECT);
    }
    if (providerId.equals("refused")) {
      throw new Fault(FaultCode.PERSISTENCE, "The disk is full.");
    }
    credentials.put(providerId, credential);
  }
}
