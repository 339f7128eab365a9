package com.commaagents.models.listing;

import com.commaagents.models.http.Secrets;
import java.net.URI;
import java.util.Map;

/// A provider's list of models: where it is, and what is shown to get it. Its `toString` shows no
/// header.
///
/// @param secrets what must not show in a text about it
public record ModelList(String providerId, URI url, Map<String, String> headers, Secrets secrets) {
  public ModelList {
    headers = Map.copyOf(headers);
  }

  @Override
  public String toString() {
    return "ModelList[" + providerId + "]";
  }
}
