package com.commaagents.tools.web;

import com.commaagents.tools.failure.ErrorKind;
import com.commaagents.tools.failure.Printable;
import com.commaagents.tools.failure.ToolError;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads addresses as people and pages write them: with blanks, with names of hosts in any script.
///
/// Limit: [#MAX_LENGTH].
final class WebAddress {
  static final int MAX_LENGTH = 8_192;
  private static final int MAX_PORT = 65_535;

  private static final Pattern PARTS = Pattern.compile("([^:/?#]+://)?([^/?#]*)(.*)");
  // What is seen in addresses though it may not stand there; a percent sign that escapes nothing.
  private static final Pattern STRAY = Pattern.compile("[ \"<>^`{|}\\[\\]]|%(?![0-9a-fA-F]{2})");

  private WebAddress() {}

  /// @throws ToolError UNKNOWN when it is none that can be fetched
  static URI of(String text) throws ToolError {
    return usable(parse(text), text);
  }

  /// Where a redirect leads from a page.
  ///
  /// @throws ToolError UNKNOWN when it is none that can be fetched
  static URI redirect(String location, URI page) throws ToolError {
    return usable(page.resolve(parse(location)), location);
  }

  private static URI parse(String text) throws ToolError {
    if (text.length() > MAX_LENGTH) {
      throw unusable(text, "it is longer than " + MAX_LENGTH + " characters");
    }
    Matcher parts = PARTS.matcher(text.strip());
    if (!parts.matches()) {
      throw unusable(text, "it is no address");
    }
    String scheme = parts.group(1) == null ? "" : parts.group(1);
    String rest = STRAY.matcher(parts.group(3)).replaceAll(WebAddress::escaped);
    try {
      // Without a scheme there is no host in it: it is a path.
      return scheme.isEmpty()
          ? new URI(STRAY.matcher(parts.group(2)).replaceAll(WebAddress::escaped) + rest)
          : new URI(scheme + ascii(parts.group(2)) + rest);
    } catch (URISyntaxException | IllegalArgumentException notOne) {
      throw unusable(text, "it is no address");
    }
  }

  private static String escaped(MatchResult stray) {
    return String.format("%%%02X", (int) stray.group().charAt(0));
  }

  // Names in other scripts go to the DNS in letters of ASCII.
  private static String ascii(String authority) {
    return authority.chars().allMatch(c -> c < 0x80) ? authority : IDN.toASCII(authority);
  }

  private static URI usable(URI address, String text) throws ToolError {
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw unusable(text, "only http and https are fetched");
    }
    if (address.getRawUserInfo() != null) {
      throw unusable(text, "names and passwords are not sent");
    }
    if (address.getHost() == null) {
      throw unusable(text, "it names no host");
    }
    if (address.getPort() == 0 || address.getPort() > MAX_PORT) {
      throw unusable(text, "it names no port from 1 to " + MAX_PORT);
    }
    return URI.create(address.toASCIIString());
  }

  private static ToolError unusable(String text, String why) {
    return new ToolError(
        ErrorKind.UNKNOWN,
        Printable.name(text) + " cannot be fetched: " + why,
        "give the whole address of a page, as https://example.org/page.");
  }
}
