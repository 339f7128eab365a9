package com.commaagents.models;

import com.commaagents.engine.model.Model;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.engine.model.ModelInfo;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.engine.model.ModelScope;
import com.commaagents.engine.model.TurnEnd;
import com.commaagents.models.contract.Ability;
import com.commaagents.models.contract.Answer;
import com.commaagents.models.contract.Answers;
import com.commaagents.models.contract.Place;
import com.commaagents.models.contract.Speaker;
import com.commaagents.models.contract.Subject;
import com.commaagents.models.credentials.Credential;
import com.commaagents.models.credentials.CredentialStore;
import com.commaagents.models.http.StreamingHttp;
import com.commaagents.models.testing.HandClock;
import com.commaagents.models.testing.Reply;
import com.commaagents.models.testing.Requests;
import com.commaagents.models.testing.SocketServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// A provider's model, found by its name, whose server is the test's own.
final class CalledSubject implements Subject {
  private final Place place;
  private final SocketServer server = new SocketServer();
  private final ProviderModels models;
  private final ModelScope scope;

  CalledSubject(Place place, Path folder) throws IOException {
    this(place, folder, new StreamingHttp());
  }

  CalledSubject(Place place, Path folder, StreamingHttp http) throws IOException {
    this.place = place;
    scope = new ModelScope("review", folder.resolve("review.yaml"));
    CredentialStore credentials =
        new CredentialStore(folder.resolve("credentials.json"), _ -> Optional.empty());
    String data = place.credential().replace("BASE", server.baseUrl());
    credentials.set(place.providerId(), new Credential.Custom(Requests.json(data)));
    models = new ProviderModels(credentials, new HandClock(), () -> "id-1", http);
  }

  SocketServer server() {
    return server;
  }

  /// The providers that are known where the model was found.
  ProviderDirectory directory(Path registry) {
    return models.directory(registry);
  }

  Model model() {
    return models.model(place.model(), scope);
  }

  @Override
  public boolean can(Ability ability) {
    return place.can(ability);
  }

  // The API of a model that is offered by two is chosen by options, which every request has.
  @Override
  public Model answers(Answer answer) {
    server.next(reply -> {
      send(reply, place.speaker().stream(answer));
      reply.end();
    });
    return optioned();
  }

  @Override
  public Model refuses() {
    String body = place.speaker().refusal(429, "slow down");
    server.next(reply -> reply.json(429, body, "Retry-After: 7"));
    return optioned();
  }

  @Override
  public Model breaksOff() {
    // A connection that is gone before its answer is looked at counts as one that never was.
    CountDownLatch heard = new CountDownLatch(1);
    server.next(reply -> {
      send(reply, beginning());
      heard.await();
      reply.cut();
    });
    return new Overheard(optioned(), heard);
  }

  /// Tells when the first of an answer is heard.
  private record Overheard(Model model, CountDownLatch heard) implements Model {
    @Override
    public ModelInfo info() {
      return model.info();
    }

    @Override
    public TurnEnd generate(ModelRequest request, PartListener listener)
        throws ModelFailure, InterruptedException {
      return model.generate(
          request,
          part -> {
            heard.countDown();
            listener.part(part);
          });
    }
  }

  /// All of an answer but its end.
  List<byte[]> beginning() {
    List<byte[]> events = place.speaker().stream(Answers.HALF);
    return events.subList(0, events.size() - place.speaker().closing());
  }

  void send(Reply reply, List<byte[]> events) throws IOException {
    Speaker speaker = place.speaker();
    reply.stream(speaker.contentType());
    for (byte[] event : events) {
      reply.piece(event, 0, event.length);
    }
  }

  @Override
  public void close() throws IOException {
    models.close();
    server.close();
  }

  /// The model, called with the provider's options.
  Model optioned() {
    Model model = model();
    return new Optioned(model, Requests.options(place.providerOptions()));
  }
}
