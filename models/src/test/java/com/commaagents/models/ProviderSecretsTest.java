package com.commaagents.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.model.Model;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.engine.model.ProviderListing;
import com.commaagents.models.ProviderDirectory.Asking;
import com.commaagents.models.contract.Place;
import com.commaagents.models.contract.Places;
import com.commaagents.models.credentials.CredentialStore;
import com.commaagents.models.testing.Collected;
import com.commaagents.models.testing.Models;
import com.commaagents.models.testing.Reply;
import com.commaagents.models.testing.Requests;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// What no provider gets into a text for people, however it says it, and what becomes of an error
/// it sends in place of an answer.
@ParameterizedClass
@MethodSource("places")
class ProviderSecretsTest {
  private static final String TOKEN = "tid=secret;exp=1";

  private final Place place;
  private final Path folder;
  private CalledSubject subject;

  ProviderSecretsTest(Place place, @TempDir Path folder) {
    this.place = place;
    this.folder = folder;
  }

  static Stream<Named<Place>> places() {
    return Places.all().stream().map(place -> Named.of(place.name(), place));
  }

  @BeforeEach
  void open() throws IOException {
    subject = new CalledSubject(place, folder);
  }

  @AfterEach
  void close() throws IOException {
    subject.close();
  }

  @Test
  void hasAnErrorInPlaceOfAnAnswerTriedAgainAndNoKeyInIt() throws Exception {
    subject.server().next(reply -> breakOff(reply, List.of()));
    List<ModelPart> seen = new ArrayList<>();
    ModelFailure failure = failure(subject.optioned(), seen);
    assertThat(seen).isEmpty();
    assertThat(failure.retryable()).isTrue();
    check(failure);
  }

  @Test
  void hasNoKeyInAnErrorBehindTheBeginningOfAnAnswer() throws Exception {
    subject.server().next(reply -> breakOff(reply, beginning()));
    List<ModelPart> seen = new ArrayList<>();
    ModelFailure failure = failure(subject.optioned(), seen);
    assertThat(seen).containsExactly(new ModelPart.Text("Half"));
    check(failure);
  }

  @Test
  void hasNoKeyInARefusalNorInWhatStandsForAModel() throws Exception {
    String said = place.speaker().refusal(401, "bad " + key());
    subject.server().next(reply -> reply.json(401, said));
    ModelFailure failure =
        Collected.failure(subject.optioned(), Requests.of(Message.user("Hello")));
    assertThat(failure.message()).contains(" answered 401: bad ").doesNotContain(key());
    assertThat(subject.model().toString()).doesNotContain(key());
  }

  @Test
  void hasNoKeyInAList() throws Exception {
    subject.server().next(reply -> reply.json(401, "{\"error\":\"bad " + key() + "\"}"));
    List<ProviderListing> all =
        subject.directory(folder.resolve("registry.json")).list(CredentialStore.GLOBAL, Asking.ALL);
    assertThat(all.toString()).contains(place.providerId()).doesNotContain(key());
  }

  private void breakOff(Reply reply, List<byte[]> before) throws IOException {
    List<byte[]> events = new ArrayList<>(before);
    events.add(place.speaker().brokenOff("no memory for " + key()));
    subject.send(reply, events);
    reply.end();
  }

  private List<byte[]> beginning() {
    return subject.beginning();
  }

  private void check(ModelFailure failure) {
    assertThat(failure.message())
        .startsWith(place.providerId() + " broke its answer off with an error: no memory for ")
        .doesNotContain(key());
  }

  private String key() {
    return place.credential().contains(TOKEN) ? TOKEN : Models.KEY;
  }

  private static ModelFailure failure(Model model, List<ModelPart> seen)
      throws InterruptedException {
    try {
      throw new AssertionError(
          "did not fail: " + model.generate(Requests.of(Message.user("Hello")), seen::add));
    } catch (ModelFailure failure) {
      return failure;
    }
  }
}
