package com.commaagents.mcp.connection;

import java.net.ConnectException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/// What is seen of one server beneath the library, which keeps some of it to itself: that it is
/// gone, why it refuses, and that a call's answer cannot come any more. Thread-safe.
final class ServerWatch {
  private static final String GET = "GET";
  private static final int REDIRECTED = 300;
  private static final int REFUSED = 400;
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;
  private static final int BROKEN = 500;
  private static final String SESSION = "Mcp-Session-Id";
  private static final String LOOK = "look at the url and the transport in its definition";

  private final boolean streamOfEvents;
  private final CompletableFuture<String> lost = new CompletableFuture<>();
  private final Map<String, CompletableFuture<String>> calls = new ConcurrentHashMap<>();
  private final Map<String, String> refused = new ConcurrentHashMap<>();
  private volatile Optional<String> refusal = Optional.empty();

  private ServerWatch(boolean streamOfEvents) {
    this.streamOfEvents = streamOfEvents;
  }

  /// Of a server whose every request has an answer of its own, or of a program.
  static ServerWatch ofRequests() {
    return new ServerWatch(false);
  }

  /// Of a server that sends all its answers over one stream: it is gone when that is.
  static ServerWatch ofStream() {
    return new ServerWatch(true);
  }

  /// Completes once the server is no longer there, with what is told of it.
  CompletableFuture<String> lost() {
    return lost;
  }

  /// Why the answer to a call was none that is of use; without a call, why the last answer was.
  Optional<String> refusal(Optional<String> call) {
    return call.isPresent() ? Optional.ofNullable(refused.get(call.get())) : refusal;
  }

  /// A call begins. The future completes where its answer cannot come any more.
  CompletableFuture<String> begin(String call) {
    CompletableFuture<String> broken = new CompletableFuture<>();
    calls.put(call, broken);
    return broken;
  }

  void end(String call) {
    calls.remove(call);
    refused.remove(call);
  }

  /// A request had no answer.
  ///
  /// @param call what was called, where that was a call
  void failed(HttpRequest request, Optional<String> call, Throwable why) {
    refuse(
        request,
        call,
        "cannot be reached: " + reason(why) + "; is it running, and is its url right?");
  }

  private static String reason(Throwable why) {
    return switch (why) {
      case UnresolvedAddressException _ -> "its host is not known";
      case ConnectException refused when refused.getCause() instanceof ClosedChannelException ->
          "nobody listens there";
      default ->
          why.getCause() == null
              ? why.getClass().getSimpleName() + ": " + why.getMessage()
              : reason(why.getCause());
    };
  }

  /// The head of an answer has come.
  ///
  /// @param call as that of [#failed]
  void answered(HttpRequest request, Optional<String> call, ResponseInfo head) {
    String type = head.headers().firstValue("Content-Type").orElse("");
    if (head.statusCode() >= REDIRECTED) {
      boolean inSession = request.headers().firstValue(SESSION).isPresent();
      refuse(
          request,
          call,
          inSession && head.statusCode() == NOT_FOUND
              ? "has forgotten this session, as after a restart; the next call begins another one"
              : "answers " + head.statusCode() + meaning(head));
    } else if (type.startsWith("text/html")) {
      refuse(request, call, "answers with a page for people; " + LOOK);
    } else {
      refusal = Optional.empty();
    }
  }

  // A server without a stream beside its answers says so with 405, which is no refusal.
  private void refuse(HttpRequest request, Optional<String> call, String why) {
    call.filter(calls::containsKey).ifPresent(mark -> refused.put(mark, why));
    boolean get = request.method().equals(GET);
    if (streamOfEvents || !get) {
      refusal = Optional.of(why);
    }
    if (streamOfEvents && get) {
      lost.complete(why);
    }
  }

  private static String meaning(ResponseInfo head) {
    int status = head.statusCode();
    if (status < REFUSED) {
      return " and is elsewhere: "
          + head.headers().firstValue("Location").orElse("it does not say where")
          + "; write that address into its definition";
    }
    return switch (status) {
      case 401, 403 -> ": it does not let this program in; look at the headers in its definition";
      case NOT_FOUND, NOT_ALLOWED -> ": no MCP server answers there; " + LOOK;
      default -> status < BROKEN ? "; " + LOOK : "; look whether it is in order, and try it again";
    };
  }

  /// All of an answer has come, or no more of it will.
  ///
  /// @param call as that of [#failed]
  /// @param givenUp whether the rest is not wanted
  void ended(HttpRequest request, Optional<String> call, boolean givenUp) {
    if (streamOfEvents && request.method().equals(GET)) {
      lost.complete(
          givenUp
              ? "is gone: its stream of events held what cannot be read, or more than "
                  + Connector.MAX_HTTP_BYTES
                  + " bytes at once"
              : "is gone: its stream of events ended");
    }
    call.map(calls::get).ifPresent(broken -> broken.complete("ended its answer too early"));
  }
}
