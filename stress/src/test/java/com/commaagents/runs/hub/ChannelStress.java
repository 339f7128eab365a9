package com.commaagents.runs.hub;

import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.RunId;
import com.commaagents.base.time.Clock;
import com.commaagents.runs.lifecycle.RunStatus;
import com.commaagents.runs.message.PublishedMessage;
import com.commaagents.runs.message.RunMessage;
import com.commaagents.runs.message.RunNotice;
import com.commaagents.runs.message.RunSnapshot;
import com.commaagents.runs.timeline.History;
import com.commaagents.base.json.Json;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;
import org.openjdk.jcstress.infra.results.ZL_Result;

/// A subscriber sees every message from its point on, each once and in order, whenever it comes.
public final class ChannelStress {
  private static final RunId RUN = new RunId("run");
  private static final ClientId CLIENT = new ClientId("client");
  private static final RunMessage MESSAGE = new RunMessage.SteerQueued("text");
  private static final RunNotice.Snapshot EMPTY =
      new RunNotice.Snapshot(
          new RunSnapshot(
              RUN,
              Instant.EPOCH,
              RunStatus.RUNNING,
              "strategy",
              List.of(),
              Json.object(),
              List.of(),
              History.of(List.of()),
              List.of(),
              List.of(),
              List.of(),
              0),
          Optional.empty());

  private ChannelStress() {}

  /// A hub with one client, and what that client is told. The channel's lock guards it.
  private static final class Told implements EventSink {
    final Hub hub = new Hub(this, Clock.system());
    final Channel channel = hub.open(RUN, 0);
    private final StringBuilder told = new StringBuilder();

    void publishTwo() {
      channel.publish(Instant.EPOCH, MESSAGE);
      channel.publish(Instant.EPOCH, MESSAGE);
    }

    @Override
    public void broadcast(PublishedMessage message, Collection<ClientId> subscribers) {
      subscribers.forEach(client -> send(client, message));
    }

    @Override
    public void send(ClientId client, PublishedMessage message) {
      told.append(message.seq());
    }

    @Override
    public void send(ClientId client, RunNotice notice) {
      told.append(notice instanceof RunNotice.Snapshot ? "S" : "?");
    }

    @Override
    public String toString() {
      return told.toString();
    }
  }

  /// Who comes back after a number has all that came after it.
  @JCStressTest
  @Outcome(id = "12", expect = Expect.ACCEPTABLE, desc = "all, in order")
  @State
  public static class PublishAndComeBack {
    private final Told told = new Told();

    @Actor
    public void publish() {
      told.publishTwo();
    }

    @Actor
    public void comeBack() {
      told.hub.subscribe(RUN, CLIENT, OptionalLong.of(0), 0);
    }

    @Arbiter
    public void read(L_Result result) {
      result.r1 = told.toString();
    }
  }

  /// Who comes without a number has all from some message on.
  @JCStressTest
  @Outcome(id = "12", expect = Expect.ACCEPTABLE, desc = "before both")
  @Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "between them")
  @Outcome(id = "", expect = Expect.ACCEPTABLE, desc = "after both")
  @State
  public static class PublishAndFollow {
    private final Told told = new Told();

    @Actor
    public void publish() {
      told.publishTwo();
    }

    @Actor
    public void follow() {
      told.hub.subscribe(RUN, CLIENT, OptionalLong.empty(), 0);
    }

    @Arbiter
    public void read(L_Result result) {
      result.r1 = told.toString();
    }
  }

  /// A snapshot is given only where it still is the truth.
  @JCStressTest
  @Outcome(id = "true, S12", expect = Expect.ACCEPTABLE, desc = "from the snapshot on")
  @Outcome(id = "false, ", expect = Expect.ACCEPTABLE, desc = "too late")
  @State
  public static class PublishAndAttach {
    private final Told told = new Told();

    @Actor
    public void publish() {
      told.publishTwo();
    }

    @Actor
    public void attach(ZL_Result result) {
      result.r1 = told.hub.attachIfStill(RUN, CLIENT, OptionalLong.empty(), EMPTY);
    }

    @Arbiter
    public void read(ZL_Result result) {
      result.r2 = told.toString();
    }
  }

  /// Who leaves has all up to some message.
  @JCStressTest
  @Outcome(id = "12", expect = Expect.ACCEPTABLE, desc = "after both")
  @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "between them")
  @Outcome(id = "", expect = Expect.ACCEPTABLE, desc = "before both")
  @State
  public static class PublishAndLeave {
    private final Told told = new Told();

    public PublishAndLeave() {
      told.hub.subscribe(RUN, CLIENT, OptionalLong.empty(), 0);
    }

    @Actor
    public void publish() {
      told.publishTwo();
    }

    @Actor
    public void leave() {
      told.hub.unsubscribe(RUN, CLIENT);
    }

    @Arbiter
    public void read(L_Result result) {
      result.r1 = told.toString();
    }
  }

  /// A run that ends keeps its channel for who comes at the same moment.
  @JCStressTest
  @Outcome(id = "12", expect = Expect.ACCEPTABLE, desc = "all, in order")
  @State
  public static class ReleaseAndComeBack {
    private final Told told = new Told();

    @Actor
    public void end() {
      told.publishTwo();
      told.hub.release(RUN);
    }

    @Actor
    public void comeBack() {
      told.hub.subscribe(RUN, CLIENT, OptionalLong.of(0), 0);
    }

    @Arbiter
    public void read(L_Result result) {
      result.r1 = told.toString();
    }
  }
}
