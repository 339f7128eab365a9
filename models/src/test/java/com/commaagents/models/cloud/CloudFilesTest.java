package com.commaagents.models.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.json.Json;
import com.commaagents.models.credentials.Credential;
import com.commaagents.models.credentials.CredentialSource.Found;
import com.commaagents.models.testing.Requests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CloudFilesTest {
  private static final String SECRET = "wJalrXUtnFEMI";
  private static final String SERVICE_ACCOUNT =
      "{'type':'service_account','project_id':'p-1','private_key_id':'1',"
          + "'private_key':'wJalrXUtnFEMI','client_email':'me@p-1','client_id':'2',"
          + "'token_uri':'https://oauth2.googleapis.com/token'}";
  private static final String PERSON =
      "{'type':'authorized_user','account':'','client_id':'c','client_secret':'wJalrXUtnFEMI',"
          + "'refresh_token':'1//r','quota_project_id':'q'}";

  @TempDir Path home;
  private final Map<String, String> environment = new HashMap<>();

  private Found of(String provider) {
    return new CloudFiles(home, name -> Optional.ofNullable(environment.get(name))).of(provider);
  }

  private Path write(String name, String content) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private static Found here(String data) {
    return new Found.Here(new Credential.Custom(Requests.json(data)));
  }

  private String why(String provider) {
    assertThat(of(provider)).isInstanceOf(Found.Unusable.class);
    String why = ((Found.Unusable) of(provider)).why();
    assertThat(why).doesNotContain(SECRET);
    return why;
  }

  @Test
  void findNothingWhereThereIsNothing() {
    assertThat(of("bedrock")).isEqualTo(new Found.Nothing());
    assertThat(of("google-vertex")).isEqualTo(new Found.Nothing());
    assertThat(of("openai")).isEqualTo(new Found.Nothing());
  }

  @Test
  void giveTheKeysOfTheDefaultProfile() throws IOException {
    write(
        ".aws/credentials",
        """
        # made by a tool
        [default]
        aws_access_key_id = AKID
        aws_secret_access_key=wJalrXUtnFEMI
        [other]
        aws_access_key_id = NO
        """);
    write(".aws/config", "[default]\nregion = eu-west-1\ns3 =\n  max_queue_size = 1\n");

    assertThat(of("bedrock"))
        .isEqualTo(
            here("{'accessKeyId':'AKID','secretAccessKey':'wJalrXUtnFEMI','region':'eu-west-1'}"));
  }

  @Test
  void giveTheKeysOfTheProfileThatIsNamed() throws IOException {
    environment.put("AWS_PROFILE", "work");
    environment.put("AWS_REGION", "us-east-1");
    write(".aws/credentials", "[default]\naws_access_key_id=NO\naws_secret_access_key=NO\n");
    write(
        ".aws/config",
        """
        [profile work]
        region = eu-west-1
        aws_access_key_id = ASIA
        aws_secret_access_key = wJalrXUtnFEMI ; a remark
        aws_session_token = tok/en==
        """);

    assertThat(of("bedrock"))
        .as("without the region, which the environment says")
        .isEqualTo(
            here(
                "{'accessKeyId':'ASIA','secretAccessKey':'wJalrXUtnFEMI',"
                    + "'sessionToken':'tok/en=='}"));
  }

  @Test
  void preferWhatTheFileOfCredentialsSays() throws IOException {
    write(".aws/credentials", "[default]\naws_access_key_id=A\naws_secret_access_key=B\n");
    write(".aws/config", "[default]\naws_access_key_id=C\naws_secret_access_key=D\n");

    assertThat(of("bedrock")).isEqualTo(here("{'accessKeyId':'A','secretAccessKey':'B'}"));
  }

  @Test
  void readTheFilesOfAmazonThatTheEnvironmentNames() throws IOException {
    environment.put("AWS_SHARED_CREDENTIALS_FILE", home.resolve("a").toString());
    environment.put("AWS_CONFIG_FILE", home.resolve("b").toString());
    write("a", "[default]\naws_access_key_id=A\naws_secret_access_key=B\n");
    write("b", "[default]\nregion=here\n");

    assertThat(of("bedrock"))
        .isEqualTo(here("{'accessKeyId':'A','secretAccessKey':'B','region':'here'}"));
  }

  @ParameterizedTest
  @CsvSource({
    "sso_session = my-sso, signs in (SSO)",
    "sso_start_url = https://x.awsapps.com/start, signs in (SSO)",
    "role_arn = arn:aws:iam::1:role/r, takes on a role",
    "credential_process = /bin/keys --of me, has a program give keys",
  })
  void sayWhichWaysToKeysTheyDoNotGo(String line, String what) throws IOException {
    environment.put("AWS_PROFILE", "work");
    write(".aws/config", "[profile work]\n" + line + "\naws_secret_access_key = wJalrXUtnFEMI\n");

    assertThat(why("bedrock"))
        .startsWith(
            "the AWS profile work " + what + ", which is not done here; name one with keys");
  }

  @Test
  void sayThatAProfileIsNotThereOrHasNoKeys() throws IOException {
    environment.put("AWS_PROFILE", "work");
    assertThat(why("bedrock")).startsWith("the AWS profile work is neither in the file ");

    write(".aws/config", "[profile work]\nregion = x\naws_secret_access_key = wJalrXUtnFEMI\n");
    assertThat(why("bedrock")).startsWith("the AWS profile work has no pair of keys; ");

    environment.clear();
    write(".aws/config", "[default]\nregion = x\n");
    assertThat(of("bedrock")).as("it is no use to tell").isEqualTo(new Found.Nothing());
  }

  @Test
  void quoteNothingOfAFileThatIsMalformed() throws IOException {
    write(".aws/credentials", "[default]\nwJalrXUtnFEMI\n");
    assertThat(why("bedrock")).endsWith(".aws/credentials is malformed; correct it");

    write(".config/gcloud/application_default_credentials.json", "{'wJalrXUtnFEMI");
    assertThat(why("google-vertex")).endsWith("credentials is no file of credentials");
  }

  @Test
  void readFilesUpToTheirLimit() throws IOException {
    String keys = "[default]\naws_access_key_id=A\naws_secret_access_key=B\n";
    write(".aws/credentials", padded(keys, SmallFile.MAX_BYTES));
    assertThat(of("bedrock")).isInstanceOf(Found.Here.class);

    write(".aws/credentials", padded(keys, SmallFile.MAX_BYTES + 1));
    assertThat(why("bedrock")).endsWith("is larger than 1048576 bytes");
  }

  private static String padded(String text, int length) {
    char[] rest = new char[length - text.length()];
    Arrays.fill(rest, '\n');
    return text + new String(rest);
  }

  @Test
  void giveTheKeyOfAServiceAccount() throws IOException {
    Path file = write("key.json", SERVICE_ACCOUNT.replace('\'', '"'));
    environment.put("GOOGLE_APPLICATION_CREDENTIALS", file.toString());

    assertThat(fields(of("google-vertex")))
        .isEqualTo(
            Map.of(
                "clientEmail", "me@p-1",
                "privateKey", "wJalrXUtnFEMI",
                "tokenURL", "https://oauth2.googleapis.com/token",
                "project", "p-1"));
  }

  @Test
  void giveWhatAPersonSignedInWith() throws IOException {
    environment.put("GOOGLE_CLOUD_PROJECT", "mine");
    write(".config/gcloud/application_default_credentials.json", PERSON.replace('\'', '"'));

    assertThat(fields(of("google-vertex")))
        .as("without the project, which the environment says")
        .isEqualTo(
            Map.of(
                "clientId", "c",
                "clientSecret", "wJalrXUtnFEMI",
                "refreshToken", "1//r",
                "quotaProject", "q"));
  }

  @ParameterizedTest
  @CsvSource({
    "CLOUDSDK_CONFIG, sdk/application_default_credentials.json, sdk",
    "APPDATA, roaming/gcloud/application_default_credentials.json, roaming"
  })
  void lookWhereTheToolOfGoogleIsToldTo(String variable, String file, String folder)
      throws IOException {
    environment.put(variable, home.resolve(folder).toString());
    write(file, PERSON.replace('\'', '"'));

    assertThat(fields(of("google-vertex"))).containsEntry("project", "q");
  }

  @Test
  void sayWhatOfGooglesIsNotRead() throws IOException {
    environment.put("GOOGLE_APPLICATION_CREDENTIALS", home.resolve("gone.json").toString());
    assertThat(why("google-vertex"))
        .endsWith("is not there; correct GOOGLE_APPLICATION_CREDENTIALS");

    write("gone.json", "{\"type\":\"external_account\",\"audience\":\"wJalrXUtnFEMI\"}");
    assertThat(why("google-vertex"))
        .endsWith(
            "holds neither the key of a service account nor what a person signed in with; other"
                + " types are not read");

    write("gone.json", "{\"type\":\"service_account\",\"private_key\":\"wJalrXUtnFEMI\"}");
    assertThat(why("google-vertex")).endsWith("lacks client_email");
  }

  private static Map<String, String> fields(Found found) {
    assertThat(found).isInstanceOf(Found.Here.class);
    assertThat(found.toString()).doesNotContain(SECRET);
    Map<String, String> fields = new HashMap<>();
    if (found instanceof Found.Here(Credential.Custom(var data))) {
      data.propertyNames().forEach(name -> fields.put(name, Json.text(data, name).orElse("")));
    }
    return fields;
  }
}
