package com.commaagents.models.rest;

import com.commaagents.base.json.Json;
import com.commaagents.models.http.HttpConnections;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Asks for one JSON document after the other.
///
/// Limits: connecting takes at most [#CONNECT_TIMEOUT], a whole answer at most [#TIMEOUT], and it
/// has at most [#MAX_BYTES]. An interruption closes the connection. Thread-safe.
public final class JsonHttp implements AutoCloseable {
  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  /// The longest list of models that is known has a tenth of it.
  static final int MAX_BYTES = 8 << 20;

  private static final Pattern NAME =
      Pattern.compile(
          "(?i)(?!(connection|content-length|expect|host|upgrade)$)[!#$%&'*+.^_`|~0-9a-z-]+");
  private static final Pattern VALUE = Pattern.compile("[ -~\\t]*");

  private final Duration timeout;
  private final HttpConnections connections = new HttpConnections(CONNECT_TIMEOUT);

  /// @param body empty where it is no JSON
  public record Answer(int status, Optional<JsonNode> body) {}

  public JsonHttp() {
    this(TIMEOUT);
  }

  JsonHttp(Duration timeout) {
    this.timeout = timeout;
  }

  /// @throws IOException in words for people, without anything of the request but its address
  public Answer get(URI url, Map<String, String> headers) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpConnections.request(url).GET();
    for (Map.Entry<String, String> header : headers.entrySet()) {
      // The client would refuse it too, with the value in its message.
      if (!NAME.matcher(header.getKey()).matches() || !VALUE.matcher(header.getValue()).matches()) {
        throw new IOException("the credential cannot be sent as a header of HTTP");
      }
      request.setHeader(header.getKey(), header.getValue());
    }
    return send(url, request);
  }

  /// Posts a form.
  ///
  /// @throws IOException as [#get]
  public Answer post(URI url, Map<String, String> form) throws IOException, InterruptedException {
    String body =
        form.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        url,
        HttpConnections.request(url)
            .header("content-type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body)));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Answer send(URI url, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    request.setHeader("accept", "application/json");
    CompletableFuture<HttpResponse<byte[]>> answer =
        connections
            .client()
            .sendAsync(
                request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES));
    try {
      HttpResponse<byte[]> response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(response.statusCode(), Json.parse(response.body()));
    } catch (TimeoutException late) {
      throw new IOException(
          HttpConnections.shown(url) + " did not answer within " + timeout.toMillis() + " ms",
          late);
    } catch (ExecutionException failed) {
      throw new IOException(reason(url, failed.getCause()), failed);
    } finally {
      answer.cancel(true);
    }
  }

  private static String reason(URI url, @Nullable Throwable cause) {
    if (cause instanceof HttpTimeoutException) {
      return HttpConnections.shown(url) + " did not answer in time";
    }
    if (cause instanceof ConnectException) {
      return "there is no connection to " + HttpConnections.shown(url);
    }
    return "the connection to "
        + HttpConnections.shown(url)
        + " failed, or its answer is too large";
  }

  /// Breaks off what is under way; later questions fail.
  @Override
  public void close() {
    connections.close();
  }
}
