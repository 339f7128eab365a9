package com.commaagents.models.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/// The one HTTP client of all model calls.
///
/// Limits: connecting takes at most `connectTimeout`; a server that sends nothing for `maxSilence`,
/// be it before its headers or within its answer, is given up. Thread-safe; meant for virtual
/// threads.
public final class StreamingHttp implements AutoCloseable {
  public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);

  /// Long, because a local model may think for minutes over a long prompt before its first word.
  public static final Duration MAX_SILENCE = Duration.ofMinutes(15);

  private final HttpConnections connections;
  private final Duration maxSilence;

  public StreamingHttp() {
    this(CONNECT_TIMEOUT, MAX_SILENCE);
  }

  public StreamingHttp(Duration connectTimeout, Duration maxSilence) {
    this.connections = new HttpConnections(connectTimeout);
    this.maxSilence = maxSilence;
  }

  /// Posts a JSON body, or one of the type that `headers` names, and returns as soon as the
  /// answer's headers are there.
  ///
  /// An interruption, here or while the answer is read, closes the connection at once.
  ///
  /// @throws IOException when there is no connection, or it broke before the headers
  public HttpAnswer post(URI url, Map<String, String> headers, byte[] body)
      throws IOException, InterruptedException {
    return send(
        HttpConnections.request(url)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofByteArray(body)),
        headers);
  }

  /// As [#post], without a body.
  public HttpAnswer get(URI url, Map<String, String> headers)
      throws IOException, InterruptedException {
    return send(HttpConnections.request(url).GET(), headers);
  }

  /// Breaks off what is under way; later calls fail.
  @Override
  public void close() {
    connections.close();
  }

  private HttpAnswer send(HttpRequest.Builder request, Map<String, String> headers)
      throws IOException, InterruptedException {
    headers.forEach(request::setHeader);
    HttpRequest sent = request.timeout(maxSilence).build();
    AtomicBoolean begun = new AtomicBoolean();
    try {
      HttpResponse<StreamedBody> response =
          connections
              .client()
              .send(
                  sent,
                  _ -> {
                    begun.set(true);
                    return new StreamedBody(maxSilence);
                  });
      return new HttpAnswer(response.statusCode(), response.headers(), response.body());
    } catch (IOException broken) {
      // A connection that breaks right behind the headers may show here already.
      throw begun.get() ? BrokenAnswerException.closed(broken) : broken;
    }
  }
}
