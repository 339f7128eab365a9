package com.commaagents.models.cloud;

import com.commaagents.base.json.Json;
import com.commaagents.models.credentials.Credential;
import com.commaagents.models.credentials.CredentialSource.Found;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileProperty;
import tools.jackson.databind.node.ObjectNode;

/// The keys of one profile in `~/.aws/credentials` and `~/.aws/config`, read by Amazon's own
/// library: the profile that `AWS_PROFILE` names, else `default`. What the first of the two files
/// says counts. Only keys that stand there are read: no signing in (SSO), no roles, no programs
/// that give keys, no metadata of a machine.
///
/// Limit: files of [SmallFile#MAX_BYTES].
///
/// Source: AWS SDKs and Tools reference guide, "Shared config and credentials files".
final class AwsProfiles {
  private static final Map<String, String> NOT_READ = notRead();

  private final Path home;
  private final Function<String, Optional<String>> environment;

  AwsProfiles(Path home, Function<String, Optional<String>> environment) {
    this.home = home;
    this.environment = environment;
  }

  // What a profile may have in place of keys, the more telling first.
  private static Map<String, String> notRead() {
    Map<String, String> ways = new LinkedHashMap<>();
    ways.put("sso_session", "signs in (SSO)");
    ways.put(ProfileProperty.SSO_START_URL, "signs in (SSO)");
    ways.put("login_session", "signs in");
    ways.put(ProfileProperty.ROLE_ARN, "takes on a role");
    ways.put(ProfileProperty.CREDENTIAL_PROCESS, "has a program give keys");
    return ways;
  }

  Found find() {
    Optional<String> named = environment.apply("AWS_PROFILE");
    String name = named.orElse("default");
    ObjectNode data = Json.object();
    Map<String, String> properties = new LinkedHashMap<>();
    try {
      properties.putAll(properties(config(), ProfileFile.Type.CONFIGURATION, name));
      properties.putAll(properties(credentials(), ProfileFile.Type.CREDENTIALS, name));
    } catch (IOException unreadable) {
      return new Found.Unusable(String.valueOf(unreadable.getMessage()));
    }
    if (properties.isEmpty()) {
      return named.isEmpty()
          ? new Found.Nothing()
          : unusable(name, "is neither in the file " + credentials() + " nor in " + config());
    }
    for (Map.Entry<String, String> way : NOT_READ.entrySet()) {
      if (properties.containsKey(way.getKey())) {
        return unusable(name, way.getValue() + ", which is not done here");
      }
    }
    put(data, "accessKeyId", properties, ProfileProperty.AWS_ACCESS_KEY_ID);
    put(data, "secretAccessKey", properties, ProfileProperty.AWS_SECRET_ACCESS_KEY);
    if (data.size() < 2) {
      return named.isEmpty() ? new Found.Nothing() : unusable(name, "has no pair of keys");
    }
    put(data, "sessionToken", properties, ProfileProperty.AWS_SESSION_TOKEN);
    if (environment
        .apply("AWS_REGION")
        .or(() -> environment.apply("AWS_DEFAULT_REGION"))
        .isEmpty()) {
      put(data, "region", properties, ProfileProperty.REGION);
    }
    return new Found.Here(new Credential.Custom(data));
  }

  private Path credentials() {
    return file("AWS_SHARED_CREDENTIALS_FILE", "credentials");
  }

  private Path config() {
    return file("AWS_CONFIG_FILE", "config");
  }

  private Path file(String variable, String name) {
    return environment
        .apply(variable)
        .flatMap(written -> SmallFile.path(home, written))
        .orElseGet(() -> home.resolve(".aws").resolve(name));
  }

  private static Map<String, String> properties(Path file, ProfileFile.Type type, String name)
      throws IOException {
    try {
      return SmallFile.read(file)
          .map(bytes ->
              ProfileFile.builder().content(new ByteArrayInputStream(bytes)).type(type).build())
          .flatMap(read -> read.profile(name))
          .map(Profile::properties)
          .orElse(Map.of());
    } catch (IOException unreadable) {
      throw new IOException("the file " + file + " " + unreadable.getMessage(), unreadable);
    } catch (IllegalArgumentException malformed) {
      // The library's words may quote a line.
      throw new IOException("the file " + file + " is malformed; correct it", malformed);
    }
  }

  private static void put(
      ObjectNode data, String field, Map<String, String> properties, String name) {
    String value = properties.getOrDefault(name, "").strip();
    if (!value.isEmpty()) {
      data.put(field, value);
    }
  }

  private static Found unusable(String name, String why) {
    return new Found.Unusable(
        "the AWS profile "
            + name
            + " "
            + why
            + "; name one with keys in AWS_PROFILE, or export keys, for example by `aws configure"
            + " export-credentials --format env`");
  }
}
