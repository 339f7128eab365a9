package com.commaagents.packages.registry;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Fetches what has an address. An interruption breaks it off. Thread-safe.
///
/// Limits: connecting takes at most [#CONNECT_TIMEOUT], all of it at most [#TIMEOUT]; at most
/// [#MAX_REDIRECTS] are followed, and none from https to http.
public final class Download {
  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  static final Duration TIMEOUT = Duration.ofMinutes(2);
  static final int MAX_REDIRECTS = 3;

  private final Supplier<HttpClient.Builder> clients;
  private final Duration timeout;

  public Download() {
    this(HttpClient::newBuilder, TIMEOUT);
  }

  /// @param clients as what each fetch's client begins
  Download(Supplier<HttpClient.Builder> clients, Duration timeout) {
    this.clients = clients;
    this.timeout = timeout;
  }

  /// @throws Fault `UPSTREAM`, also where there is more than `maxBytes`
  byte[] bytes(URI url, int maxBytes) throws InterruptedException {
    return fetch(
            url, BodyHandlers.limiting(successful(BodyHandlers.ofByteArray()), maxBytes), maxBytes)
        .orElseGet(() -> new byte[0]);
  }

  /// Into a file that is there.
  ///
  /// @throws Fault as [#bytes]
  void file(URI url, Path into, int maxBytes) throws InterruptedException {
    BodyHandler<Path> handler = BodyHandlers.ofFile(into, StandardOpenOption.WRITE);
    var _ = fetch(url, BodyHandlers.limiting(successful(handler), maxBytes), maxBytes);
  }

  // What comes with a redirect or a refusal is of no interest.
  private static <T> BodyHandler<Optional<T>> successful(BodyHandler<T> handler) {
    return response ->
        response.statusCode() == 200
            ? BodySubscribers.mapping(handler.apply(response), Optional::of)
            : BodySubscribers.replacing(Optional.empty());
  }

  private <T> T fetch(URI url, BodyHandler<T> handler, int maxBytes) throws InterruptedException {
    HttpClient client =
        clients
            .get()
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(Redirect.NEVER)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    try {
      long deadline = System.nanoTime() + timeout.toNanos();
      URI next = url;
      for (int followed = 0; followed <= MAX_REDIRECTS; followed++) {
        HttpResponse<T> response =
            send(client, next, handler, deadline - System.nanoTime(), maxBytes);
        if (response.statusCode() == 200) {
          return response.body();
        }
        next = redirect(next, response);
      }
      throw failed(url, "it leads on more than " + MAX_REDIRECTS + " times");
    } finally {
      client.shutdownNow();
    }
  }

  private <T> HttpResponse<T> send(
      HttpClient client, URI url, BodyHandler<T> handler, long nanos, int maxBytes)
      throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(url).version(Version.HTTP_1_1).GET().build();
    CompletableFuture<HttpResponse<T>> answer = client.sendAsync(request, handler);
    try {
      return answer.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      throw failed(url, "it did not come within " + timeout.toSeconds() + " s");
    } catch (ExecutionException broken) {
      throw failed(url, reason(broken.getCause(), maxBytes));
    } finally {
      answer.cancel(true);
    }
  }

  private static String reason(@Nullable Throwable cause, int maxBytes) {
    return switch (cause) {
      case HttpConnectTimeoutException _ -> "nobody answered in time";
      case ConnectException _ -> "there is no connection";
      case SSLException _ -> "its certificate is not one that is trusted here";
      case null, default ->
          "the connection broke, or it is larger than " + (maxBytes >> 20) + " MiB";
    };
  }

  private static URI redirect(URI url, HttpResponse<?> response) {
    int status = response.statusCode();
    String location = response.headers().firstValue("location").orElse("");
    if (status / 100 != 3 || location.isEmpty()) {
      throw failed(url, "it was answered with status " + status);
    }
    try {
      URI next = url.resolve(location);
      if (RegistryAddress.leads(url, next)) {
        return next;
      }
    } catch (IllegalArgumentException notAnAddress) {
      // Told below.
    }
    throw failed(url, "it leads to an address that may not be asked; only https is followed");
  }

  private static Fault failed(URI url, String why) {
    return new Fault(
        FaultCode.UPSTREAM,
        "The package registry: " + RegistryAddress.shown(url) + " cannot be had: " + why + ".");
  }
}
