package com.commaagents.models.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// The connections of one kind of calls, which are kept and used again: the client is made at the
/// first call, so a process that makes none pays nothing. Thread-safe.
///
/// `http` is spoken as HTTP/1.1, `https` as what the two sides agree on. Redirects are not
/// followed: they would carry the key elsewhere.
public final class HttpConnections implements AutoCloseable {
  private final Duration connectTimeout;
  private final Object lock = new Object();
  private @Nullable HttpClient client;
  private boolean closed;

  public HttpConnections(Duration connectTimeout) {
    this.connectTimeout = connectTimeout;
  }

  /// @throws IOException once closed
  public HttpClient client() throws IOException {
    synchronized (lock) {
      if (closed) {
        throw new IOException("the daemon is shutting down");
      }
      HttpClient open = client;
      if (open == null) {
        open =
            HttpClient.newBuilder()
                .connectTimeout(connectTimeout)
                .followRedirects(Redirect.NEVER)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
        client = open;
      }
      return open;
    }
  }

  /// The beginning of a request. Over plain http the client would ask every server to switch to
  /// HTTP/2.
  public static HttpRequest.Builder request(URI url) {
    return HttpRequest.newBuilder(url)
        .version("https".equals(url.getScheme()) ? Version.HTTP_2 : Version.HTTP_1_1);
  }

  /// An address for people, without what may hold a secret: user, query and fragment.
  public static String shown(URI url) {
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return url.getScheme() + "://" + url.getHost() + port + url.getPath();
  }

  /// Breaks off what is under way; later calls fail.
  @Override
  public void close() {
    HttpClient open;
    synchronized (lock) {
      closed = true;
      open = client;
      client = null;
    }
    if (open != null) {
      open.shutdownNow();
    }
  }
}
