package com.commaagents.models;

import com.commaagents.engine.model.Model;
import com.commaagents.engine.model.ModelInfo;
import com.commaagents.models.bedrock.AwsSignature;
import com.commaagents.models.bedrock.ConverseFormat;
import com.commaagents.models.http.Endpoint;
import com.commaagents.models.stream.Framing;
import com.commaagents.models.wire.WireModel;
import java.util.Optional;

/// Models of Amazon Bedrock, in a region, which are called with a key of Bedrock's or with a
/// signature by a pair of AWS keys.
final class BedrockModels {
  private static final String SECRET_KEY = "AWS_SECRET_ACCESS_KEY";

  private BedrockModels() {}

  static Model model(Connection to, ModelInfo info, String modelId) {
    String region = to.needed("region", "AWS_REGION", "AWS_DEFAULT_REGION");
    String base =
        to.ownBaseUrl("AWS_ENDPOINT_URL_BEDROCK_RUNTIME")
            .orElseGet(() -> "https://bedrock-runtime." + region + ".amazonaws.com");
    String path = "/model/" + Connection.segment(modelId) + "/converse-stream";
    Optional<AwsSignature.Keys> keys = keys(to);
    Endpoint endpoint =
        keys.isEmpty()
            ? to.showBearer().endpoint(base, path, Framing.AWS_EVENTS)
            : to.endpoint(
                base,
                path,
                Framing.AWS_EVENTS,
                new AwsSignature(keys.get(), region, to.allHeaders(), to.calling().clock()));
    return new WireModel(info, endpoint, new ConverseFormat(modelId));
  }

  // The environment's secret key is found as if it were a key of the API; it is half of a pair.
  private static Optional<AwsSignature.Keys> keys(Connection to) {
    Optional<String> own = to.field("secretAccessKey");
    Optional<String> found =
        to.token()
            .filter(
                token -> to.calling().environment().apply(SECRET_KEY).equals(Optional.of(token)));
    return own.or(() -> found)
        .map(secret ->
            new AwsSignature.Keys(
                to.needed("accessKeyId", "AWS_ACCESS_KEY_ID"),
                secret,
                own.isPresent()
                    ? to.field("sessionToken").orElse("")
                    : to.setting("sessionToken", "AWS_SESSION_TOKEN").orElse("")));
  }
}
