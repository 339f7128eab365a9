package com.commaagents.models;

import com.commaagents.base.fault.Fault;
import com.commaagents.engine.model.Model;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.engine.model.ModelInfo;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.engine.model.TurnEnd;
import com.commaagents.models.credentials.Credential;
import com.commaagents.models.credentials.TokenRenewal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/// A model behind an access token that can be renewed: each round-trip is made with a token that
/// has not expired, and made once more with a new one when the provider refuses it with 401 before
/// anything of an answer has come. Thread-safe.
final class RenewingModel implements Model {
  private static final int UNAUTHORIZED = 401;

  private final ModelInfo info;
  private final Tokens tokens;
  private final Function<Optional<Credential>, Model> making;

  /// The tokens of one provider in one scope.
  record Tokens(TokenRenewal renewal, String scope, String providerId, List<String> variables) {
    Optional<Credential> fresh() throws InterruptedException {
      return renewal.fresh(scope, providerId, variables);
    }

    Optional<Credential> insteadOf(Optional<Credential> refused) throws InterruptedException {
      return refused.isPresent() && refused.get() instanceof Credential.OAuth oauth
          ? renewal.insteadOf(oauth.accessToken(), scope, providerId, variables)
          : Optional.empty();
    }
  }

  /// @param making makes the model that is called out of a credential
  RenewingModel(ModelInfo info, Tokens tokens, Function<Optional<Credential>, Model> making) {
    this.info = info;
    this.tokens = tokens;
    this.making = making;
  }

  @Override
  public ModelInfo info() {
    return info;
  }

  @Override
  public TurnEnd generate(ModelRequest request, PartListener listener)
      throws ModelFailure, InterruptedException {
    Optional<Credential> credential = asked(tokens::fresh);
    Watched watched = new Watched(listener);
    try {
      return made(credential).generate(request, watched);
    } catch (ModelFailure refused) {
      boolean again = refused.status().orElse(0) == UNAUTHORIZED && !watched.seen;
      Optional<Credential> other =
          again ? asked(() -> tokens.insteadOf(credential)) : Optional.empty();
      if (other.isEmpty()) {
        throw refused;
      }
      return made(other).generate(request, listener);
    }
  }

  private interface Question {
    Optional<Credential> ask() throws InterruptedException;
  }

  private static Optional<Credential> asked(Question question)
      throws ModelFailure, InterruptedException {
    try {
      return question.ask();
    } catch (Fault noToken) {
      throw new ModelFailure(noToken.message(), OptionalInt.empty(), false, Optional.empty());
    }
  }

  private Model made(Optional<Credential> credential) throws ModelFailure {
    try {
      return making.apply(credential);
    } catch (Fault unusable) {
      throw new ModelFailure(unusable.message(), OptionalInt.empty(), false, Optional.empty());
    }
  }

  private static final class Watched implements PartListener {
    private final PartListener listener;
    private boolean seen;

    Watched(PartListener listener) {
      this.listener = listener;
    }

    @Override
    public void part(ModelPart part) throws InterruptedException {
      seen = true;
      listener.part(part);
    }
  }
}
