package com.commaagents.models.credentials;

import static com.commaagents.models.testing.Requests.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class CredentialStoreTest {
  private static final List<String> VARIABLES = List.of("FIRST_KEY", "SECOND_KEY");

  private final Path file;
  private final Map<String, String> environment = new HashMap<>();
  private final CredentialStore store;

  CredentialStoreTest(@TempDir Path folder) {
    file = folder.resolve("data/credentials.json");
    store = new CredentialStore(file, name -> Optional.ofNullable(environment.get(name)));
  }

  @Test
  void takesTheStrategysOwnThenTheEnvironmentsThenTheGlobalOne() throws Exception {
    assertThat(find()).isEmpty();
    assertThat(file).doesNotExist();
    write("{'$global':{'openai':{'type':'api','key':'global'}}}");
    assertThat(find()).contains(new Credential.ApiKey("global"));
    environment.put("SECOND_KEY", " second ");
    assertThat(find()).contains(new Credential.ApiKey("second"));
    environment.put("FIRST_KEY", "first");
    assertThat(find()).contains(new Credential.ApiKey("first"));
    environment.put("FIRST_KEY", " ");
    assertThat(find()).contains(new Credential.ApiKey("second"));
    write("{'review':{'openai':{'type':'api','key':'own'}},'$global':{}}");
    assertThat(find()).contains(new Credential.ApiKey("own"));
  }

  @Test
  void readsEveryType() throws Exception {
    write(
        "{'$global':{'a':{'type':'oauth','accessToken':'t','expiresAt':1700000000000},"
            + "'b':{'type':'oauth','accessToken':'t','expiresAt':1700000000},"
            + "'c':{'type':'oauth','accessToken':'t','expiresAt':'2023-11-14T22:13:20Z'},"
            + "'d':{'type':'oauth','accessToken':'t'},"
            + "'e':{'type':'custom','data':{'baseURL':'http://x/v1','apiKey':'k',"
            + "'headers':{'X-A':'1','n':2}}}}}");
    Instant expiry = Instant.ofEpochSecond(1_700_000_000);
    for (String provider : List.of("a", "b", "c")) {
      assertThat(find(provider)).contains(new Credential.OAuth("t", Optional.of(expiry)));
    }
    assertThat(find("d")).contains(new Credential.OAuth("t", Optional.empty()));
    Credential.Custom custom = (Credential.Custom) find("e").orElseThrow();
    assertThat(custom.baseUrl()).contains("http://x/v1");
    assertThat(custom.apiKey()).contains("k");
    assertThat(custom.headers()).isEqualTo(Map.of("X-A", "1"));
  }

  @Test
  void noticesThatTheFileChanged() throws Exception {
    write("{'$global':{'openai':{'type':'api','key':'one'}}}");
    assertThat(find()).contains(new Credential.ApiKey("one"));
    Files.writeString(file, "{\"$global\":{\"openai\":{\"type\":\"api\",\"key\":\"two\"}}}");
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));
    assertThat(find()).contains(new Credential.ApiKey("two"));
    Files.delete(file);
    assertThat(find()).isEmpty();
  }

  @Test
  void makesAPrivateFileInAPrivateFolderWhenFirstWritten() throws Exception {
    store.set("openai", new Credential.ApiKey("k1"));
    assertThat(find()).contains(new Credential.ApiKey("k1"));
    assertThat(permissions(file)).isEqualTo("rw-------");
    assertThat(permissions(file.resolveSibling(""))).isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(file.resolveSibling(""))) {
      assertThat(files)
          .containsExactlyInAnyOrder(file, file.resolveSibling("credentials.json.lock"));
    }
    assertThat(content()).isEqualTo(json("{'$global':{'openai':{'type':'api','key':'k1'}}}"));
  }

  @Test
  void keepsWhatItDoesNotKnow() throws Exception {
    write(
        "{'other':{'x':{'type':'api','key':'y'}},'$global':{'novel':{'type':'novel'},"
            + "'openai':{'type':'oauth','accessToken':'old','refreshToken':'r','expiresAt':1,"
            + "'note':'n'}}}");
    store.set("openai", new Credential.OAuth("new", Optional.empty()));
    store.set("mine", new Credential.Custom(json("{'baseURL':'http://x'}")));
    assertThat(content())
        .isEqualTo(
            json(
                "{'other':{'x':{'type':'api','key':'y'}},'$global':{'novel':{'type':'novel'},"
                    + "'openai':{'type':'oauth','accessToken':'new','note':'n'},"
                    + "'mine':{'type':'custom','data':{'baseURL':'http://x'}}}}"));
    store.set("openai", new Credential.ApiKey("k"));
    assertThat(content().at("/$global/openai")).isEqualTo(json("{'type':'api','key':'k'}"));
    assertThat(store.providers("other")).containsExactly("mine", "novel", "openai", "x");
  }

  @Test
  void tellsWhereTheFileIsMalformedButNotWhatIsInIt() throws Exception {
    write("{'$global':\n {'openai': sk-secret-value}}");
    Fault fault = fault("openai");
    assertThat(fault.code()).isEqualTo(FaultCode.INVALID_INPUT);
    assertThat(fault.message()).isEqualTo(file + ":2:13: this is not valid JSON");
    assertThat(fault.getCause()).isNull();
    Fault unwritten =
        catchThrowableOfType(Fault.class, () -> store.set("x", new Credential.ApiKey("k")));
    assertThat(unwritten.message()).isEqualTo(fault.message());
    assertThat(Files.readString(file)).contains("sk-secret-value");
    write("[]");
    assertThat(fault("openai").message()).startsWith(file + ": must be an object of scopes");
  }

  @Test
  void tellsWhichEntryIsMalformed() throws Exception {
    write(
        "{'$global':{'a':{'type':'secret'},'b':{'type':'api','key':''},"
            + "'c':{'type':'oauth','accessToken':'t','expiresAt':'never'},'d':{'type':'custom'}}}");
    assertThat(fault("a").message())
        .isEqualTo(file + ": $global.a.type must be api, oauth or custom");
    assertThat(fault("b").message()).contains("$global.b.key must be a string");
    assertThat(fault("c").message()).contains("$global.c.expiresAt must be");
    assertThat(fault("d").message()).contains("$global.d.data must be an object");
  }

  @Test
  void boundsTheFile() throws Exception {
    String content = "{\"a\":{}}";
    Files.createDirectories(file.getParent());
    Files.writeString(file, content + " ".repeat(CredentialFile.MAX_BYTES - content.length()));
    assertThat(find()).isEmpty();
    Files.writeString(file, content + " ".repeat(CredentialFile.MAX_BYTES - content.length() + 1));
    assertThat(fault("openai").code()).isEqualTo(FaultCode.LIMIT_EXCEEDED);
  }

  @Test
  void showsNoValueInAText() {
    for (Credential credential :
        List.of(
            new Credential.ApiKey("secret"),
            new Credential.OAuth("secret", Optional.of(Instant.EPOCH)),
            new Credential.Custom(json("{'apiKey':'secret'}")))) {
      assertThat(credential.toString()).doesNotContain("secret");
    }
  }

  @Test
  void followsASymbolicLink() throws Exception {
    Path real = file.resolveSibling("../real.json").normalize();
    Files.createDirectories(file.getParent());
    Files.writeString(real, "{}");
    Files.createSymbolicLink(file, real);
    store.set("openai", new Credential.ApiKey("k"));
    assertThat(Files.isSymbolicLink(file)).isTrue();
    assertThat(Files.readString(real)).contains("openai");
  }

  private Optional<Credential> find() {
    return find("openai");
  }

  private Optional<Credential> find(String provider) {
    return store.find("review", provider, VARIABLES);
  }

  private Fault fault(String provider) {
    return catchThrowableOfType(Fault.class, () -> find(provider));
  }

  private void write(String content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.deleteIfExists(file);
    Files.writeString(file, content.replace('\'', '"'));
  }

  private JsonNode content() throws IOException {
    return Json.parse(Files.readAllBytes(file)).orElseThrow();
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
