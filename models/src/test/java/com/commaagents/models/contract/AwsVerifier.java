package com.commaagents.models.contract;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs a request that has arrived, as AWS does to compare.
///
/// Source: "AWS Signature Version 4 for API requests", "Create a signed request".
public final class AwsVerifier {
  private AwsVerifier() {}

  /// @param path as the canonical request has it
  /// @param headers those that were signed, by their names in lower case
  public static String signature(
      String secretKey,
      String method,
      String path,
      String query,
      Map<String, String> headers,
      List<String> signed,
      byte[] body,
      String region,
      String service)
      throws GeneralSecurityException {
    String canonical =
        Stream.of(
                method,
                path,
                query,
                signed.stream()
                    .map(name -> name + ":" + headers.getOrDefault(name, "").strip() + "\n")
                    .collect(Collectors.joining()),
                String.join(";", signed),
                hex(sha256(body)))
            .collect(Collectors.joining("\n"));
    String time = headers.getOrDefault("x-amz-date", "");
    String day = time.substring(0, 8);
    String scope = day + "/" + region + "/" + service + "/aws4_request";
    String toSign =
        "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + hex(sha256(bytes(canonical)));
    byte[] key = bytes("AWS4" + secretKey);
    for (String part : List.of(day, region, service, "aws4_request", toSign)) {
      key = hmac(key, part);
    }
    return hex(key);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(bytes(text));
  }
}
