package com.commaagents.packages.registry;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Function;

/// Where a registry's index is.
public sealed interface RegistryAddress {
  /// A folder with an `index.json`.
  record Folder(Path path) implements RegistryAddress {}

  /// The index itself, over https; over plain http only on this machine.
  record Web(URI url) implements RegistryAddress {
    public Web {
      if (!isAllowed(url)) {
        throw new IllegalArgumentException("not the address of a registry");
      }
    }
  }

  /// For people who wrote something else.
  String EXPECTED =
      "the https address of an index.json (http on this machine only), without a user and a"
          + " fragment, or a folder that has one";

  /// @param paths reads what is no address as a path
  /// @throws Fault `INVALID_INPUT` for an address that is not as [#EXPECTED] says
  static RegistryAddress of(String text, Function<String, Path> paths) {
    if (!text.toLowerCase(Locale.ROOT).matches("[a-z][a-z0-9+.-]+://.*")) {
      return new Folder(paths.apply(text));
    }
    try {
      URI url = new URI(text);
      if (isAllowed(url)) {
        return new Web(url);
      }
    } catch (URISyntaxException notAnAddress) {
      // Told below, without the address: it may hold a secret.
    }
    throw new Fault(FaultCode.INVALID_INPUT, "expected " + EXPECTED);
  }

  /// For messages: without what may hold a secret.
  default String shown() {
    return switch (this) {
      case Folder(Path path) -> path.toString();
      case Web(URI url) -> shown(url);
    };
  }

  static String shown(URI url) {
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return url.getScheme() + "://" + url.getHost() + port + url.getRawPath();
  }

  private static boolean isAllowed(URI url) {
    return url.getHost() != null
        && url.getRawUserInfo() == null
        && url.getRawFragment() == null
        && (isSecure(url) || isPlainOnThisMachine(url));
  }

  /// Whether it may be asked by whoever was sent there by `from`: nothing that was secure becomes
  /// plain.
  static boolean leads(URI from, URI to) {
    return isAllowed(to) && (isSecure(to) || isPlainOnThisMachine(from));
  }

  private static boolean isSecure(URI url) {
    return "https".equalsIgnoreCase(url.getScheme());
  }

  private static boolean isPlainOnThisMachine(URI url) {
    String host = String.valueOf(url.getHost()).toLowerCase(Locale.ROOT);
    return "http".equalsIgnoreCase(url.getScheme())
        && (host.equals("localhost")
            || host.matches("127(\\.\\d{1,3}){3}")
            || host.equals("[::1]"));
  }
}
