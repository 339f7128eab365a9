package com.commaagents.models.cloud;

import com.commaagents.base.json.Json;
import com.commaagents.models.credentials.Credential;
import com.commaagents.models.credentials.CredentialSource.Found;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Google's application default credentials: the file that `GOOGLE_APPLICATION_CREDENTIALS` names,
/// else the one that `gcloud auth application-default login` writes. Keys of service accounts and
/// people who signed in are read; no federation, no impersonation, no metadata of a machine.
///
/// Limit: a file of [SmallFile#MAX_BYTES].
///
/// Source: Google Cloud, "How Application Default Credentials works".
final class GoogleDefaults {
  private static final String FILE = "application_default_credentials.json";
  private static final Map<String, String> SERVICE_ACCOUNT =
      Map.of("client_email", "clientEmail", "private_key", "privateKey");
  private static final Map<String, String> PERSON =
      Map.of(
          "client_id", "clientId",
          "client_secret", "clientSecret",
          "refresh_token", "refreshToken");

  private final Path home;
  private final Function<String, Optional<String>> environment;

  GoogleDefaults(Path home, Function<String, Optional<String>> environment) {
    this.home = home;
    this.environment = environment;
  }

  Found find() {
    Optional<String> named = environment.apply("GOOGLE_APPLICATION_CREDENTIALS");
    Path file = named.flatMap(path -> SmallFile.path(home, path)).orElseGet(this::wellKnown);
    try {
      Optional<byte[]> content = SmallFile.read(file);
      if (content.isEmpty()) {
        return named.isEmpty()
            ? new Found.Nothing()
            : unusable(file, "is not there; correct GOOGLE_APPLICATION_CREDENTIALS");
      }
      return read(file, Json.parse(content.get()).orElseGet(Json::object));
    } catch (IOException unreadable) {
      return unusable(file, String.valueOf(unreadable.getMessage()));
    }
  }

  private Path wellKnown() {
    return environment
        .apply("CLOUDSDK_CONFIG")
        .or(() -> environment.apply("APPDATA").map(folder -> folder + "/gcloud"))
        .flatMap(folder -> SmallFile.path(home, folder))
        .orElseGet(() -> home.resolve(".config").resolve("gcloud"))
        .resolve(FILE);
  }

  private Found read(Path file, JsonNode json) {
    return switch (Json.text(json, "type").orElse("")) {
      case "service_account" -> found(file, json, SERVICE_ACCOUNT);
      case "authorized_user" -> found(file, json, PERSON);
      case "" -> unusable(file, "is no file of credentials");
      default ->
          unusable(
              file,
              "holds neither the key of a service account nor what a person signed in with; other"
                  + " types are not read");
    };
  }

  private Found found(Path file, JsonNode json, Map<String, String> fields) {
    ObjectNode data = Json.object();
    for (Map.Entry<String, String> field : fields.entrySet()) {
      Optional<String> value = text(json, field.getKey());
      if (value.isEmpty()) {
        return unusable(file, "lacks " + field.getKey());
      }
      data.put(field.getValue(), value.get());
    }
    text(json, "token_uri").ifPresent(url -> data.put("tokenURL", url));
    Optional<String> payer = text(json, "quota_project_id");
    payer.ifPresent(project -> data.put("quotaProject", project));
    boolean chosen =
        environment
            .apply("GOOGLE_VERTEX_PROJECT")
            .or(() -> environment.apply("GOOGLE_CLOUD_PROJECT"))
            .isPresent();
    if (!chosen) {
      text(json, "project_id").or(() -> payer).ifPresent(project -> data.put("project", project));
    }
    return new Found.Here(new Credential.Custom(data));
  }

  private static Optional<String> text(JsonNode json, String field) {
    return Json.text(json, field).map(String::strip).filter(text -> !text.isEmpty());
  }

  private static Found unusable(Path file, String why) {
    return new Found.Unusable("the file " + file + " of Google's default credentials " + why);
  }
}
