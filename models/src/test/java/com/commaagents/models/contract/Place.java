package com.commaagents.models.contract;

import java.util.Map;
import java.util.Set;

/// A provider under test: how it is called and how it speaks.
///
/// @param name of the tests and their golden files
/// @param model `provider/model`
/// @param credential a credential's data in single quotes, with BASE for the server's address
/// @param line the request's first line
/// @param headers what must be among the request's headers
/// @param providerOptions in single quotes
/// @param lacks what its wire cannot express, as docs/providers.md has it too
public record Place(
    String name,
    String model,
    String credential,
    String line,
    Map<String, String> headers,
    String providerOptions,
    Speaker speaker,
    Set<Ability> lacks) {

  public String providerId() {
    return model.substring(0, model.indexOf('/'));
  }

  public boolean can(Ability ability) {
    return !lacks.contains(ability);
  }

  @Override
  public String toString() {
    return name;
  }
}
