package com.commaagents.models.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.models.contract.AwsVerifier;
import com.commaagents.models.testing.HandClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class AwsSignatureTest {
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261122/eu-west-1/bedrock/aws4_request,"
              + " SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})");

  // The suite that AWS published, "get-vanilla-query-order-key-case".
  @Test
  void isHeldAgainstAVerifierThatIsRight() throws Exception {
    assertThat(
            AwsVerifier.signature(
                SECRET,
                "GET",
                "/",
                "Param1=value1&Param2=value2",
                Map.of("host", "example.amazonaws.com", "x-amz-date", "20150830T123600Z"),
                List.of("host", "x-amz-date"),
                new byte[0],
                "us-east-1",
                "service"))
        .isEqualTo("b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500");
  }

  @Test
  void signsWhatIsSentSoThatItVerifies() throws Exception {
    for (String session : List.of("", "session-token-1")) {
      byte[] body = "{\"messages\":[\"Grüß\"]}".getBytes(StandardCharsets.UTF_8);
      Map<String, String> sent =
          new TreeMap<>(
              signature(session)
                  .headers(
                      URI.create(
                          "https://bedrock-runtime.eu-west-1.amazonaws.com:8443/model/a.b-v1%3A0/"
                              + "converse-stream"),
                      body));
      Matcher authorization = AUTHORIZATION.matcher(sent.getOrDefault("Authorization", ""));
      assertThat(authorization.matches()).as("%s", sent.keySet()).isTrue();
      List<String> signed = Arrays.asList(authorization.group(1).split(";"));
      assertThat(signed).contains("host", "x-amz-date", "content-type");
      assertThat(signed.contains("x-amz-security-token")).isEqualTo(!session.isEmpty());
      Map<String, String> arrived = new TreeMap<>();
      sent.forEach((name, value) -> arrived.put(name.toLowerCase(Locale.ROOT), value));
      arrived.put("host", "bedrock-runtime.eu-west-1.amazonaws.com:8443");
      assertThat(authorization.group(2))
          .isEqualTo(
              AwsVerifier.signature(
                  SECRET,
                  "POST",
                  "/model/a.b-v1%253A0/converse-stream",
                  "",
                  arrived,
                  signed,
                  body,
                  "eu-west-1",
                  "bedrock"));
    }
  }

  @Test
  void sendsTheHeadersOfTheCredentialAndNoHost() {
    assertThat(signature("").headers(URI.create("https://h/x"), new byte[0]))
        .containsEntry("x-org", "of-team")
        .doesNotContainKey("Host");
  }

  @Test
  void tellsNoKey() {
    AwsSignature signature = signature("session-token-1");
    assertThat(signature.toString()).doesNotContain(SECRET).doesNotContain("session-token-1");
    assertThat(signature.secrets().mask(SECRET + " session-token-1 AKIDEXAMPLE of-team"))
        .isEqualTo("*** *** *** ***");
  }

  private static AwsSignature signature(String session) {
    return new AwsSignature(
        new AwsSignature.Keys("AKIDEXAMPLE", SECRET, session),
        "eu-west-1",
        Map.of("x-org", "of-team"),
        new HandClock());
  }
}
