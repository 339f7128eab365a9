package com.commaagents.models;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.engine.model.Model;
import com.commaagents.engine.model.ModelInfo;
import com.commaagents.models.google.GenerateFormat;
import com.commaagents.models.google.ServiceAccount;
import com.commaagents.models.stream.Framing;
import com.commaagents.models.wire.WireModel;
import java.net.URI;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// Google's models, at its two places: Gemini's own API, which takes keys, and Vertex AI, which
/// takes a key of its express mode, an access token, or the key of a service account.
final class GoogleModels {
  private static final Framing SSE = Framing.SERVER_SENT_EVENTS;
  private static final String KEY_HEADER = "x-goog-api-key";
  private static final String EXPRESS = "https://aiplatform.googleapis.com/v1/publishers/google";

  private GoogleModels() {}

  static Model gemini(Connection to, ModelInfo info, String modelId) {
    to.showBearerOrKey(KEY_HEADER);
    return model(to, to.baseUrl(), info, format(to, modelId));
  }

  static Model vertex(Connection to, ModelInfo info, String modelId) {
    GenerateFormat format = format(to, modelId);
    if (to.field("clientEmail").isPresent()) {
      String base = to.ownBaseUrl().orElseGet(() -> projectUrl(to));
      return new WireModel(info, to.endpoint(base, path(modelId), SSE, serviceAccount(to)), format);
    }
    Optional<String> accessToken = to.field("accessToken");
    if (accessToken.isPresent() || to.isOAuth()) {
      accessToken.ifPresentOrElse(to::showBearer, to::showBearer);
      return model(to, to.ownBaseUrl().orElseGet(() -> projectUrl(to)), info, format);
    }
    to.showBearerOrKey(KEY_HEADER);
    return model(to, to.ownBaseUrl().orElse(EXPRESS), info, format);
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

  private static String projectUrl(Connection to) {
    String project = to.needed("project", "GOOGLE_VERTEX_PROJECT");
    String location = to.needed("location", "GOOGLE_VERTEX_LOCATION");
    String host = location.equals("global") ? "" : location + "-";
    return "https://"
        + host
        + "aiplatform.googleapis.com/v1/projects/"
        + project
        + "/locations/"
        + location
        + "/publishers/google";
  }

  private static ServiceAccount serviceAccount(Connection to) {
    URI tokens = to.url(to.field("tokenURL").orElse(ServiceAccount.URL), "");
    return new ServiceAccount(
        to.calling().http(),
        to.provider().id(),
        tokens,
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
