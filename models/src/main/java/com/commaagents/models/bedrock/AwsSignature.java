package com.commaagents.models.bedrock;

import com.commaagents.base.time.Clock;
import com.commaagents.models.http.Access;
import com.commaagents.models.http.Secrets;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/// Signs each request with a pair of AWS keys (Signature Version 4, service `bedrock`).
///
/// Source: "AWS Signature Version 4 for API requests"; made by Amazon's own library.
///
/// @param headers sent with every request, unsigned
public record AwsSignature(Keys keys, String region, Map<String, String> headers, Clock clock)
    implements Access {
  private static final String SERVICE = "bedrock";

  public AwsSignature {
    headers = Map.copyOf(headers);
  }

  /// @param sessionToken of keys that expire; empty text for lasting ones
  public record Keys(String accessKeyId, String secretAccessKey, String sessionToken) {
    @Override
    public String toString() {
      return "Keys[***]";
    }

    private AwsCredentialsIdentity identity() {
      return sessionToken.isEmpty()
          ? AwsCredentialsIdentity.create(accessKeyId, secretAccessKey)
          : AwsSessionCredentialsIdentity.create(accessKeyId, secretAccessKey, sessionToken);
    }
  }

  @Override
  public Map<String, String> headers(URI url, byte[] body) {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .uri(url)
            .method(SdkHttpMethod.POST)
            .putHeader("content-type", "application/json")
            .build();
    SignedRequest signed =
        AwsV4HttpSigner.create()
            .sign(signing ->
                signing
                    .identity(keys.identity())
                    .request(request)
                    .payload(ContentStreamProvider.fromByteArray(body))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                    .putProperty(
                        HttpSigner.SIGNING_CLOCK,
                        java.time.Clock.fixed(clock.now(), ZoneOffset.UTC)));
    Map<String, String> result = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    result.putAll(headers);
    signed.request().forEachHeader((name, values) -> result.put(name, values.getFirst()));
    // The client writes it itself, from the same address.
    result.remove("host");
    return result;
  }

  @Override
  public Secrets secrets() {
    List<String> values = new ArrayList<>(headers.values());
    values.addAll(List.of(keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken()));
    return new Secrets(values);
  }
}
