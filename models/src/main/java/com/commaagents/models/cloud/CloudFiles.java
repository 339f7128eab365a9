package com.commaagents.models.cloud;

import com.commaagents.models.credentials.CredentialSource;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/// The credentials that the tools of Amazon and Google keep in a home folder. The files are read
/// each time. Thread-safe.
public final class CloudFiles implements CredentialSource {
  private final AwsProfiles aws;
  private final GoogleDefaults google;

  /// @param home of whoever runs this program
  /// @param environment a variable's value by its name
  public CloudFiles(Path home, Function<String, Optional<String>> environment) {
    Function<String, Optional<String>> filled =
        name -> environment.apply(name).map(String::strip).filter(value -> !value.isEmpty());
    this.aws = new AwsProfiles(home, filled);
    this.google = new GoogleDefaults(home, filled);
  }

  @Override
  public Found of(String providerId) {
    return switch (providerId) {
      case "bedrock" -> aws.find();
      case "google-vertex" -> google.find();
      default -> new Found.Nothing();
    };
  }
}
