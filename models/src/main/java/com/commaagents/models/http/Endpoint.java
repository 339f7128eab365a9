package com.commaagents.models.http;

import com.commaagents.base.time.Clock;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.models.stream.EventTooLargeException;
import com.commaagents.models.stream.EventReader;
import com.commaagents.models.stream.Framing;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/// Where a provider is called, with which headers, and how it frames its answers: one streaming
/// round-trip at a time per thread.
///
/// Thread-safe.
public final class Endpoint {
  // After the last event only the end of the body is missing; a server that keeps it back costs
  // the connection, not the user's time.
  private static final Duration END_PATIENCE = Duration.ofMillis(50);

  private final StreamingHttp http;
  private final URI url;
  private final Framing framing;
  private final Access access;
  private final ProviderErrors errors;

  public Endpoint(
      StreamingHttp http, Clock clock, String provider, URI url, Framing framing, Access access) {
    this.http = http;
    this.url = url;
    this.framing = framing;
    this.access = access;
    this.errors = new ProviderErrors(provider, url, access::secrets, clock);
  }

  /// Where it is called.
  public URI url() {
    return url;
  }

  /// How this provider's failures are told.
  public ProviderErrors errors() {
    return errors;
  }

  /// Posts a request and hands every event of the answer to `sink` until the last one.
  ///
  /// An interruption closes the connection at once.
  ///
  /// @throws ModelFailure when there is no connection, the provider refused, or the stream broke
  ///   off or ended before the sink had finished
  public void stream(byte[] body, EventSink sink) throws ModelFailure, InterruptedException {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("accept", framing.mediaType());
    headers.putAll(access.headers(url, body));
    try (HttpAnswer answer = http.post(url, headers, body)) {
      if (answer.status() != 200) {
        throw errors.refused(answer);
      }
      if (isNoStream(answer.header("content-type"))) {
        throw errors.noStream(answer);
      }
      pass(answer, sink);
    } catch (EventTooLargeException tooLarge) {
      throw errors.unusable(String.valueOf(tooLarge.getMessage()));
    } catch (IOException broken) {
      if (!sink.finished()) {
        throw errors.broken(broken);
      }
    }
    if (!sink.finished()) {
      throw errors.unfinished();
    }
  }

  // Some compatible servers send a wrong type, or none, with a right stream; these two are surely
  // none.
  private static boolean isNoStream(String contentType) {
    return contentType.startsWith("application/json") || contentType.startsWith("text/html");
  }

  private void pass(HttpAnswer answer, EventSink sink)
      throws ModelFailure, IOException, InterruptedException {
    EventReader events = framing.reader(answer.body());
    while (events.next()) {
      if (sink.event(events.bytes(), events.offset(), events.length())) {
        answer.drain(END_PATIENCE);
        return;
      }
    }
  }
}
