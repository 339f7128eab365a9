package com.commaagents.strategy.installed;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// The name of a package, `@scope/name`, which is also where it lies: each part is a letter or
/// digit, then letters, digits, `.`, `_` and `-`, all lower case, and ends in a letter or digit.
///
/// INVARIANT: neither part can be read as another path than a plain name.
public record PackageName(String scope, String name) implements Comparable<PackageName> {
  /// For people who wrote something else.
  public static final String EXPECTED =
      "a name such as @scope/name, of a-z 0-9 . _ - in lower case, at most 100 characters each";

  private static final Pattern PART = Pattern.compile("[a-z0-9](?:[a-z0-9._-]{0,98}[a-z0-9])?");

  public PackageName {
    if (!PART.matcher(scope).matches() || !PART.matcher(name).matches()) {
      throw new IllegalArgumentException("not the name of a package");
    }
  }

  public static Optional<PackageName> parse(String text) {
    int slash = text.indexOf('/');
    if (!text.startsWith("@") || slash < 0) {
      return Optional.empty();
    }
    String scope = text.substring(1, slash);
    String name = text.substring(slash + 1);
    return PART.matcher(scope).matches() && PART.matcher(name).matches()
        ? Optional.of(new PackageName(scope, name))
        : Optional.empty();
  }

  /// Where it lies below `parent`.
  public Path in(Path parent) {
    return parent.resolve("@" + scope).resolve(name);
  }

  @Override
  public int compareTo(PackageName other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return "@" + scope + "/" + name;
  }
}
