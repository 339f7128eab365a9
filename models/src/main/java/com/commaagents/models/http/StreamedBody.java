package com.commaagents.models.http;

import com.commaagents.models.stream.ByteSource;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// An answer's body as a blocking source of bytes for one thread.
///
/// The client's own stream tells neither how long a server was silent nor a broken end from a clean
/// one in words; this does both.
///
/// INVARIANT: at most [#WINDOW] pieces, each of at most the client's buffer of 16 KiB, wait here:
/// no more are asked for.
final class StreamedBody implements BodySubscriber<StreamedBody>, ByteSource, AutoCloseable {
  private static final int WINDOW = 32;

  private sealed interface Signal {
    record Bytes(List<ByteBuffer> buffers) implements Signal {}

    record End() implements Signal {}

    record Broken(Throwable cause) implements Signal {}
  }

  private final Duration maxSilence;
  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private volatile @Nullable Subscription subscription;
  private volatile boolean closed;

  // Owned by the reading thread.
  private final Deque<ByteBuffer> buffers = new ArrayDeque<>();
  private int taken;
  private boolean ended;

  StreamedBody(Duration maxSilence) {
    this.maxSilence = maxSilence;
  }

  @Override
  public CompletionStage<StreamedBody> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public void onSubscribe(Subscription newSubscription) {
    subscription = newSubscription;
    if (closed) {
      newSubscription.cancel();
    } else {
      newSubscription.request(WINDOW);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> received) {
    signals.add(new Signal.Bytes(received));
  }

  @Override
  public void onError(Throwable cause) {
    signals.add(new Signal.Broken(cause));
  }

  @Override
  public void onComplete() {
    signals.add(new Signal.End());
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException, InterruptedException {
    if (buffers.isEmpty() && !await(maxSilence)) {
      throw new BrokenAnswerException("it sent nothing for " + maxSilence.toSeconds() + " s");
    }
    int count = copy(into, offset, length);
    while (count < length && !ended && signals.peek() instanceof Signal.Bytes) {
      take(signals.remove());
      count += copy(into, offset + count, length - count);
    }
    return count == 0 && ended ? -1 : count;
  }

  /// Waits until the body has ended, and drops what still comes; gives up after `patience`.
  void drain(Duration patience) throws IOException, InterruptedException {
    buffers.clear();
    if (await(patience)) {
      buffers.clear();
    }
  }

  /// Closes the connection unless the body has been read to its end.
  @Override
  public void close() {
    closed = true;
    Subscription open = subscription;
    if (open != null && !ended) {
      open.cancel();
    }
  }

  // Returns with bytes at hand or at the end; false when the time ran out.
  private boolean await(Duration patience) throws IOException, InterruptedException {
    while (buffers.isEmpty() && !ended) {
      Signal signal = signals.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
      if (signal == null) {
        return false;
      }
      take(signal);
    }
    return true;
  }

  private void take(Signal signal) throws IOException {
    switch (signal) {
      case Signal.Bytes(var received) -> {
        for (ByteBuffer buffer : received) {
          if (buffer.hasRemaining()) {
            buffers.add(buffer);
          }
        }
        askForMore();
      }
      case Signal.End() -> ended = true;
      case Signal.Broken(var cause) -> {
        ended = true;
        throw BrokenAnswerException.closed(cause);
      }
    }
  }

  private void askForMore() {
    taken++;
    Subscription open = subscription;
    if (taken == WINDOW / 2 && open != null) {
      taken = 0;
      open.request(WINDOW / 2);
    }
  }

  private int copy(byte[] into, int offset, int length) {
    int count = 0;
    while (count < length) {
      ByteBuffer first = buffers.peek();
      if (first == null) {
        break;
      }
      int size = Math.min(length - count, first.remaining());
      first.get(into, offset + count, size);
      count += size;
      if (!first.hasRemaining()) {
        buffers.remove();
      }
    }
    return count;
  }
}
