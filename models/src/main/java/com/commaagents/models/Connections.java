package com.commaagents.models;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.time.Clock;
import com.commaagents.engine.model.Model;
import com.commaagents.engine.model.ModelInfo;
import com.commaagents.models.anthropic.AnthropicModel;
import com.commaagents.models.credentials.Credential;
import com.commaagents.models.http.Endpoint;
import com.commaagents.models.http.Secrets;
import com.commaagents.models.http.StreamingHttp;
import com.commaagents.models.openai.Dialect;
import com.commaagents.models.openai.OpenAiModel;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Makes models out of a provider and a credential: the address, the headers and what to keep out
/// of messages. Opens no connection.
final class Connections {
  private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern HEADER_VALUE = Pattern.compile("[ -~\\t]*");
  private static final Set<String> OWNED_HEADERS =
      Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

  private final StreamingHttp http;
  private final Clock clock;
  private final IdGenerator ids;

  Connections(StreamingHttp http, Clock clock, IdGenerator ids) {
    this.http = http;
    this.clock = clock;
    this.ids = ids;
  }

  Model chat(
      Provider provider,
      Dialect dialect,
      ModelInfo info,
      String modelId,
      Optional<Credential> credential) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    List<String> secrets = new ArrayList<>();
    credential
        .flatMap(found -> token(provider, found))
        .ifPresent(token -> {
          headers.put("authorization", "Bearer " + token);
          secrets.add(token);
        });
    addOwnHeaders(credential, headers, secrets);
    Endpoint endpoint =
        endpoint(provider, credential, "/chat/completions", headers, new Secrets(secrets));
    return new OpenAiModel(info, modelId, dialect, endpoint, ids);
  }

  Model messages(
      Provider provider, ModelInfo info, String modelId, Optional<Credential> credential) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    List<String> secrets = new ArrayList<>();
    headers.put("anthropic-version", AnthropicModel.VERSION);
    if (credential.isPresent()) {
      boolean isToken = credential.get() instanceof Credential.OAuth;
      token(provider, credential.get())
          .ifPresent(token -> {
            headers.put(
                isToken ? "authorization" : "x-api-key", isToken ? "Bearer " + token : token);
            secrets.add(token);
          });
    }
    addOwnHeaders(credential, headers, secrets);
    return new AnthropicModel(
        info, modelId, endpoint(provider, credential, "/messages", headers, new Secrets(secrets)));
  }

  private Optional<String> token(Provider provider, Credential credential) {
    return switch (credential) {
      case Credential.ApiKey(var key) -> Optional.of(key);
      case Credential.OAuth(var token, var expiresAt) -> {
        if (expiresAt.isPresent() && !expiresAt.get().isAfter(clock.now())) {
          throw new Fault(
              FaultCode.CREDENTIALS,
              "the access token of the provider "
                  + provider.id()
                  + " expired at "
                  + expiresAt.get()
                  + " and its credential does not say how to renew it: store a new one with"
                  + " set_credential, or add refreshToken, tokenUrl and clientId to its entry in"
                  + " credentials.json");
        }
        yield Optional.of(token);
      }
      case Credential.Custom custom -> custom.apiKey();
    };
  }

  private static void addOwnHeaders(
      Optional<Credential> credential, Map<String, String> headers, List<String> secrets) {
    if (credential.isPresent() && credential.get() instanceof Credential.Custom custom) {
      headers.putAll(custom.headers());
      secrets.addAll(custom.headers().values());
    }
  }

  private Endpoint endpoint(
      Provider provider,
      Optional<Credential> credential,
      String path,
      Map<String, String> headers,
      Secrets secrets) {
    String base =
        credential
            .flatMap(Connections::baseUrl)
            .or(provider::baseUrl)
            .orElseThrow(() -> Advice.missingBaseUrl(provider.id()));
    headers.forEach((name, value) -> checkHeader(provider, name, value));
    return new Endpoint(http, clock, provider.id(), url(provider, base, path), headers, secrets);
  }

  // The client would refuse these too, with the value in its message.
  private static void checkHeader(Provider provider, String name, String value) {
    if (!HEADER_NAME.matcher(name).matches()
        || OWNED_HEADERS.contains(name.toLowerCase(Locale.ROOT))
        || !HEADER_VALUE.matcher(value).matches()) {
      throw new Fault(
          FaultCode.INVALID_INPUT,
          "the credential of the provider "
              + provider.id()
              + " cannot be sent: its header "
              + name.replaceAll("[^!-~]", "?")
              + " has a forbidden name, or a value with other than printable ASCII characters");
    }
  }

  private static Optional<String> baseUrl(Credential credential) {
    return credential instanceof Credential.Custom custom ? custom.baseUrl() : Optional.empty();
  }

  private static URI url(Provider provider, String base, String path) {
    try {
      URI url = new URI(base.strip().replaceAll("/+$", "") + path);
      boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (isHttp && url.getHost() != null) {
        return url;
      }
    } catch (URISyntaxException notAnAddress) {
      // Told below without the address: it may hold a password.
    }
    throw new Fault(
        FaultCode.INVALID_INPUT,
        "the baseURL in the credential of the provider "
            + provider.id()
            + " is no http or https address");
  }
}
