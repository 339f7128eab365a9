package com.commaagents.models;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.engine.model.Model;
import com.commaagents.engine.model.ModelInfo;
import com.commaagents.models.anthropic.MessagesFormat;
import com.commaagents.models.anthropic.VertexMessagesFormat;
import com.commaagents.models.google.GenerateFormat;
import com.commaagents.models.google.ServiceAccount;
import com.commaagents.models.google.SignedInPerson;
import com.commaagents.models.http.Endpoint;
import com.commaagents.models.http.FetchedToken;
import com.commaagents.models.stream.Framing;
import com.commaagents.models.wire.ClaudeModels;
import com.commaagents.models.wire.WireFormat;
import com.commaagents.models.wire.WireModel;
import java.net.URI;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// Google's models, at its two places: Gemini's own API, which takes keys, and Vertex AI, which
/// takes a key of its express mode, an access token, the key of a service account, or what a person
/// signed in with. Vertex AI has Anthropic's models too.
final class GoogleModels {
  private static final Framing SSE = Framing.SERVER_SENT_EVENTS;
  private static final String KEY_HEADER = "x-goog-api-key";
  private static final String PAYER_HEADER = "x-goog-user-project";
  private static final String BASE_URL = "GOOGLE_VERTEX_BASE_URL";
  private static final String CLAUDE = "claude-";
  private static final String EXPRESS = "https://aiplatform.googleapis.com/v1/publishers/google";

  private GoogleModels() {}

  static Model gemini(Connection to, ModelInfo info, String modelId) {
    to.showBearerOrKey(KEY_HEADER);
    return model(to, to.baseUrl(), info, format(to, modelId));
  }

  static Model vertex(Connection to, ModelInfo info, String modelId) {
    return modelId.startsWith(CLAUDE)
        ? claude(to, info, modelId)
        : vertex(to, info, new Call("google", path(modelId), format(to, modelId)));
  }

  // A name has an @ before its date, which Anthropic's own library sends as it is. A schema of the
  // answer is refused unless the owner of the project has allowed it.
  private static Model claude(Connection to, ModelInfo info, String modelId) {
    if (ClaudeModels.bindThinking(modelId)) {
      to.header("anthropic-beta", ClaudeModels.BINDING_BETA);
    }
    String path =
        "/models/" + Connection.segment(modelId).replace("%40", "@") + ":streamRawPredict";
    return vertex(
        to,
        info,
        new Call("anthropic", path, new VertexMessagesFormat(new MessagesFormat(modelId, false))));
  }

  /// How a model at Vertex AI is called.
  ///
  /// @param publisher whose models are below which address
  private record Call(String publisher, String path, WireFormat format) {}

  private static Model vertex(Connection to, ModelInfo info, Call call) {
    Optional<FetchedToken.Source> tokens = tokens(to);
    if (tokens.isPresent()) {
      to.field("quotaProject").ifPresent(payer -> to.header(PAYER_HEADER, payer));
      Endpoint endpoint = to.endpoint(base(to, call), call.path(), SSE, tokens.get());
      return new WireModel(info, endpoint, call.format());
    }
    Optional<String> accessToken = to.field("accessToken");
    if (accessToken.isPresent() || to.isOAuth()) {
      accessToken.ifPresentOrElse(to::showBearer, to::showBearer);
      return new WireModel(info, to.endpoint(base(to, call), call.path(), SSE), call.format());
    }
    if (!call.publisher().equals("google") && to.ownBaseUrl(BASE_URL).isEmpty()) {
      throw new Fault(
          FaultCode.CREDENTIALS,
          "a key of the express mode of "
              + to.provider().id()
              + " calls Google's own models only: for Claude sign in by `gcloud auth"
              + " application-default login`, or use a service account, and set"
              + " GOOGLE_VERTEX_PROJECT and GOOGLE_VERTEX_LOCATION");
    }
    to.showBearerOrKey(KEY_HEADER);
    String base = to.ownBaseUrl(BASE_URL).orElse(EXPRESS);
    return new WireModel(info, to.endpoint(base, call.path(), SSE), call.format());
  }

  private static Optional<FetchedToken.Source> tokens(Connection to) {
    if (to.field("clientEmail").isPresent()) {
      return Optional.of(serviceAccount(to));
    }
    return to.field("refreshToken").map(token -> signedIn(to, token));
  }

  private static GenerateFormat format(Connection to, String modelId) {
    return new GenerateFormat(to.provider().id(), modelId, to.calling().ids());
  }

  private static Model model(Connection to, String base, ModelInfo info, GenerateFormat format) {
    return new WireModel(info, to.endpoint(base, path(format.model()), SSE), format);
  }

  // A name with a slash says of which collection it is, as `tunedModels/mine`.
  private static String path(String modelId) {
    String name = modelId.contains("/") ? modelId : "models/" + modelId;
    return Arrays.stream(name.split("/"))
        .map(Connection::segment)
        .collect(Collectors.joining("/", "/", ":streamGenerateContent?alt=sse"));
  }

  private static String base(Connection to, Call call) {
    return to.ownBaseUrl(BASE_URL).orElseGet(() -> projectUrl(to, call.publisher()));
  }

  private static String projectUrl(Connection to, String publisher) {
    String project = to.needed("project", "GOOGLE_VERTEX_PROJECT", "GOOGLE_CLOUD_PROJECT");
    String location = to.needed("location", "GOOGLE_VERTEX_LOCATION", "GOOGLE_CLOUD_LOCATION");
    String host = location.equals("global") ? "" : location + "-";
    return "https://"
        + host
        + "aiplatform.googleapis.com/v1/projects/"
        + project
        + "/locations/"
        + location
        + "/publishers/"
        + publisher;
  }

  private static SignedInPerson signedIn(Connection to, String refreshToken) {
    SignedInPerson.Grant grant =
        new SignedInPerson.Grant(
            to.needed("clientId", "GOOGLE_APPLICATION_CREDENTIALS"),
            to.needed("clientSecret", "GOOGLE_APPLICATION_CREDENTIALS"),
            refreshToken);
    to.hide(grant.clientSecret()).hide(refreshToken);
    return new SignedInPerson(
        to.calling().http(), to.provider().id(), tokenUrl(to), grant, to.calling().clock());
  }

  private static URI tokenUrl(Connection to) {
    return to.url(to.field("tokenURL").orElse(ServiceAccount.URL), "");
  }

  private static ServiceAccount serviceAccount(Connection to) {
    return new ServiceAccount(
        to.calling().http(),
        to.provider().id(),
        tokenUrl(to),
        to.field("clientEmail").orElse(""),
        privateKey(to),
        to.calling().clock());
  }

  private static PrivateKey privateKey(Connection to) {
    return to.field("privateKey")
        .flatMap(ServiceAccount::key)
        .orElseThrow(() ->
            new Fault(
                FaultCode.CREDENTIALS,
                "the credential of the provider "
                    + to.provider().id()
                    + " has a clientEmail and no usable privateKey: copy the field private_key of"
                    + " the service account's file there"));
  }
}
