package com.commaagents.mcp.definition;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Reads the values of one definition for one connection, and keeps them out of what is said of it.
/// Used by one thread until all are read.
public final class Values {
  /// A shorter value is no secret, and masking it would only garble messages.
  static final int LEAST_MASKED = 4;

  private final Function<String, Optional<String>> environment;
  private final List<String> secrets = new ArrayList<>();

  public Values(Function<String, Optional<String>> environment) {
    this.environment = environment;
  }

  /// A value that is shown in no message.
  ///
  /// @param what names it in a message: `env.TOKEN`
  /// @throws Fault `INVALID_INPUT` when the variable is not set
  public String secret(Value value, String what) {
    String text = plain(value, what);
    hide(text);
    // As behind `Bearer`: a server may repeat the token alone.
    hide(text.substring(text.indexOf(' ') + 1));
    return text;
  }

  // The longest comes first: one may be the beginning of another.
  private void hide(String secret) {
    if (secret.length() >= LEAST_MASKED) {
      secrets.add(secret);
      secrets.sort(Comparator.comparingInt(String::length).reversed());
    }
  }

  /// A value that may be shown where it stands in the file; from a variable it is secret too.
  public String read(Value value, String what) {
    return switch (value) {
      case Value.Literal(var text) -> text;
      case Value.Variable _ -> secret(value, what);
    };
  }

  public Map<String, String> secrets(Map<String, Value> values, String what) {
    Map<String, String> read = new LinkedHashMap<>();
    values.forEach((name, value) -> read.put(name, secret(value, what + "." + name)));
    return read;
  }

  /// A text without the secrets that were read.
  public String masked(String text) {
    String masked = text;
    for (String secret : secrets) {
      masked = masked.replace(secret, "***");
    }
    return masked;
  }

  private String plain(Value value, String what) {
    return switch (value) {
      case Value.Literal(var text) -> text;
      case Value.Variable(var name) ->
          environment
              .apply(name)
              .orElseThrow(() ->
                  new Fault(
                      FaultCode.INVALID_INPUT,
                      what
                          + " is to be read from the environment variable "
                          + name
                          + ", which the daemon does not have. Set it and restart the daemon."));
    };
  }
}
