package com.commaagents.mcp.connection;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow.Subscription;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/// An HTTP client that tells a [ServerWatch] what becomes of each request. Thread-safe.
final class WatchedHttp extends HttpClient {
  /// Names the call that a request makes; not sent.
  static final String CALL = "comma-call";

  private final HttpClient client;
  private final ServerWatch watch;

  WatchedHttp(HttpClient client, ServerWatch watch) {
    this.client = client;
    this.watch = watch;
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler) {
    Optional<String> call = request.headers().firstValue(CALL);
    HttpRequest sent =
        HttpRequest.newBuilder(request, (name, _) -> !name.equalsIgnoreCase(CALL)).build();
    CompletableFuture<HttpResponse<T>> answer =
        client.sendAsync(
            sent,
            head -> {
              watch.answered(sent, call, head);
              return new Watched<>(
                  handler.apply(head), givenUp -> watch.ended(sent, call, givenUp));
            });
    CompletableFuture<HttpResponse<T>> seen =
        answer.whenComplete((_, failure) -> {
          if (failure != null) {
            watch.failed(sent, call, failure);
          }
        });
    // Whoever cancels what depends on the answer gives up the request.
    var _ =
        seen.whenComplete((_, _) -> {
          if (seen.isCancelled()) {
            answer.cancel(true);
          }
        });
    return seen;
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler, PushPromiseHandler<T> pushed) {
    throw new UnsupportedOperationException("nothing is pushed");
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    return client.send(request, handler);
  }

  /// A body whose end is told, however it comes.
  private record Watched<T>(BodySubscriber<T> body, Consumer<Boolean> over)
      implements BodySubscriber<T> {
    @Override
    public CompletionStage<T> getBody() {
      return body.getBody();
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      body.onSubscribe(
          new Subscription() {
            @Override
            public void request(long count) {
              subscription.request(count);
            }

            @Override
            public void cancel() {
              subscription.cancel();
              over.accept(true);
            }
          });
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      body.onNext(buffers);
    }

    @Override
    public void onError(Throwable failure) {
      body.onError(failure);
      over.accept(false);
    }

    @Override
    public void onComplete() {
      body.onComplete();
      over.accept(false);
    }
  }

  @Override
  public Optional<CookieHandler> cookieHandler() {
    return client.cookieHandler();
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return client.connectTimeout();
  }

  @Override
  public Redirect followRedirects() {
    return client.followRedirects();
  }

  @Override
  public Optional<ProxySelector> proxy() {
    return client.proxy();
  }

  @Override
  public SSLContext sslContext() {
    return client.sslContext();
  }

  @Override
  public SSLParameters sslParameters() {
    return client.sslParameters();
  }

  @Override
  public Optional<Authenticator> authenticator() {
    return client.authenticator();
  }

  @Override
  public Version version() {
    return client.version();
  }

  @Override
  public Optional<Executor> executor() {
    return client.executor();
  }
}
