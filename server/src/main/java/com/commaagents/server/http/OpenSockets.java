package com.commaagents.server.http;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All sockets of one server, and the threads that listen to those that are WebSockets.
///
/// Limits: past the maximum a socket is full, which means it gets no more than an answer that says
/// so; [#SPARE] of these are served at a time and what comes beyond is not taken at all.
final class OpenSockets {
  static final int SPARE = 64;

  enum Place {
    FREE,
    FULL,
    NONE
  }

  private static final Logger LOG = LoggerFactory.getLogger(OpenSockets.class);

  private final int maxConnections;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<Channel> sockets = new HashSet<>();
  private final Map<WebSocketHandler, Thread> listeners = new HashMap<>();
  private boolean closed;

  OpenSockets(int maxConnections) {
    this.maxConnections = maxConnections;
  }

  Place add(Channel socket) {
    return locked(() -> {
      if (closed || sockets.size() >= maxConnections + SPARE) {
        return Place.NONE;
      }
      sockets.add(socket);
      return sockets.size() > maxConnections ? Place.FULL : Place.FREE;
    });
  }

  void remove(Channel socket) {
    locked(() -> sockets.remove(socket));
  }

  /// Starts the thread of a WebSocket and keeps it until it ends.
  void listen(WebSocketHandler webSocket, ListenerThread work) {
    Thread thread =
        Thread.ofVirtual()
            .name("websocket")
            .uncaughtExceptionHandler(
                (_, failure) -> LOG.error("The listener of a WebSocket failed", failure))
            .unstarted(() -> run(webSocket, work));
    boolean late =
        locked(() -> {
          listeners.put(webSocket, thread);
          return closed;
        });
    thread.start();
    if (late) {
      webSocket.close(CloseCode.GOING_AWAY, HttpServer.GOING_AWAY);
    }
  }

  private void run(WebSocketHandler webSocket, ListenerThread work) {
    try {
      work.run();
    } finally {
      locked(() -> listeners.remove(webSocket));
    }
  }

  /// Lets nobody in from now on, and closes every WebSocket and every socket that is none.
  void closeAll() {
    List<WebSocketHandler> webSockets =
        locked(() -> {
          closed = true;
          return List.copyOf(listeners.keySet());
        });
    webSockets.forEach(socket -> socket.close(CloseCode.GOING_AWAY, HttpServer.GOING_AWAY));
    List<Channel> open = locked(() -> List.copyOf(sockets));
    open.stream().filter(HttpGate::guards).forEach(OpenSockets::close);
  }

  /// Waits until no socket and no listening thread is left; false when the time is over before.
  boolean awaitEmpty(Duration limit) throws InterruptedException {
    long left = limit.toNanos();
    lock.lock();
    try {
      while (left > 0 && !isEmpty()) {
        left = changed.awaitNanos(left);
      }
      return isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private boolean isEmpty() {
    return sockets.isEmpty() && listeners.isEmpty();
  }

  /// Ends what did not end by itself.
  void interruptAll() {
    List<Thread> threads = locked(() -> List.copyOf(listeners.values()));
    threads.forEach(Thread::interrupt);
    List<Channel> open = locked(() -> List.copyOf(sockets));
    open.forEach(OpenSockets::close);
  }

  private static void close(Channel socket) {
    var _ = socket.close();
  }

  private <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      changed.signalAll();
      lock.unlock();
    }
  }
}
