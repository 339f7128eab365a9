package com.commaagents.tools.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.Timeout;

/// One request of one page. A name is looked up once, what it leads to is judged, and the
/// connection goes to exactly that: nothing asks the DNS a second time.
///
/// Follows no redirect, keeps no cookie, sends no credential, uses no proxy, repeats nothing. Used
/// by one thread, and closed by any other to end what it does.
final class WebClient implements AutoCloseable {
  /// Of a page, after it was unpacked; the rest is not read.
  static final int MAX_BYTES = 5 << 20;

  static final int MAX_HEADERS = 200;
  static final int MAX_HEADER_BYTES = 16 << 10;

  private static final String USER_AGENT = "comma-webfetch";
  private static final String ACCEPT =
      "text/html,application/xhtml+xml,text/markdown,text/plain,application/json;q=0.9,*/*;q=0.5";

  private final CloseableHttpClient client;

  /// @param patience for a connection, and for each part of an answer
  WebClient(PublicAddresses addresses, Lookup lookup, Timeout patience) {
    ConnectionConfig connection =
        ConnectionConfig.custom().setConnectTimeout(patience).setSocketTimeout(patience).build();
    Http1Config limits =
        Http1Config.custom()
            .setMaxHeaderCount(MAX_HEADERS)
            .setMaxLineLength(MAX_HEADER_BYTES)
            .build();
    PoolingHttpClientConnectionManager connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(new Judging(addresses, lookup))
            .setDefaultConnectionConfig(connection)
            .setConnectionFactory(
                ManagedHttpClientConnectionFactory.builder().http1Config(limits).build())
            .build();
    client =
        HttpClients.custom()
            .setConnectionManager(connections)
            .setUserAgent(USER_AGENT)
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableAutomaticRetries()
            .build();
  }

  /// An answer.
  ///
  /// @param location where a redirect leads, as it was sent
  /// @param contentType as it was sent; empty when it was not
  /// @param cut whether there was more than [#MAX_BYTES]
  @SuppressWarnings("ArrayRecordComponent") // a value that is used once, never compared
  record Answer(
      int status, Optional<String> location, String contentType, byte[] body, boolean cut) {
    boolean redirects() {
      return location.isPresent() && status >= 301 && status <= 308 && status != 304;
    }
  }

  /// @throws RefusedAddressException when the host has no address that may be fetched from
  Answer get(URI address) throws IOException {
    HttpGet request = new HttpGet(address);
    request.setHeader("Accept", ACCEPT);
    // Closed without reading on: what is left of a body may have no end.
    HttpHost host = new HttpHost(address.getScheme(), address.getHost(), address.getPort());
    try (ClassicHttpResponse response =
        client.executeOpen(host, request, HttpClientContext.create())) {
      return answer(response);
    }
  }

  private static Answer answer(ClassicHttpResponse response) throws IOException {
    Optional<String> location =
        Optional.ofNullable(response.getFirstHeader("Location")).map(Header::getValue);
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return new Answer(response.getCode(), location, "", new byte[0], false);
    }
    String type = Optional.ofNullable(entity.getContentType()).orElse("");
    InputStream content = entity.getContent();
    byte[] body = content.readNBytes(MAX_BYTES);
    boolean cut = body.length == MAX_BYTES && content.read() >= 0;
    return new Answer(response.getCode(), location, type, body, cut);
  }

  @Override
  public void close() {
    client.close(org.apache.hc.core5.io.CloseMode.IMMEDIATE);
  }

  /// Gives a connection only such addresses as may be fetched from.
  private record Judging(PublicAddresses addresses, Lookup lookup) implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      List<InetAddress> allowed = new ArrayList<>();
      Optional<String> refusal = Optional.empty();
      for (InetAddress address : lookup.addresses(host)) {
        Optional<String> why = addresses.refusal(host, address);
        if (why.isEmpty()) {
          allowed.add(address);
        } else {
          refusal = why;
        }
      }
      if (allowed.isEmpty()) {
        throw refusal
            .<UnknownHostException>map(kind -> new RefusedAddressException(host, kind))
            .orElseGet(() -> new UnknownHostException(host));
      }
      return allowed.toArray(InetAddress[]::new);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }
}
