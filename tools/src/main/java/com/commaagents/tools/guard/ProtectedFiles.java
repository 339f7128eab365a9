package com.commaagents.tools.guard;

import com.commaagents.engine.tool.ToolSession.Mode;
import com.commaagents.engine.tool.ToolSession.Verdict;
import com.commaagents.tools.pattern.Glob;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Files that are delicate wherever they are: a repository's internals, environment files, keys and
/// certificates, the system's own file systems, the trash. Writing is denied, reading asked.
///
/// Names are compared without regard to case, because some disks do not know it.
final class ProtectedFiles {
  private static final List<Glob> PATTERNS =
      Stream.of(
              "**/.git/**",
              "**/.git",
              "**/.env*",
              "**/*.{pem,key,p8,p12,pfx,jks,keystore,ppk,kdbx,gpg,asc}",
              "**/*.{crt,cer,der,csr,p7b,p7c}",
              "**/id_{rsa,dsa,ecdsa,ed25519}*",
              "**/{.ssh,.gnupg}/**",
              "**/{.netrc,.pgpass}",
              "**/.comma/trash/**")
          .map(Glob::of)
          .toList();

  // What a process shows of itself there can hold the daemon's credentials.
  private static final List<Path> SYSTEM =
      List.of(Path.of("/proc"), Path.of("/sys"), Path.of("/dev"));

  private ProtectedFiles() {}

  static Optional<Verdict> judge(Access access) {
    boolean own = access.mode() == Mode.READ && isTrash(access);
    if (own || !isProtected(access)) {
      return Optional.empty();
    }
    return Optional.of(access.mode() == Mode.WRITE ? Verdict.DENY : Verdict.ASK);
  }

  private static boolean isTrash(Access access) {
    return access.isInside() && access.local().startsWith(Path.of(".comma", "trash"));
  }

  private static boolean isProtected(Access access) {
    if (SYSTEM.stream().anyMatch(access.path()::startsWith)) {
      return true;
    }
    Path folded = Path.of(access.local().toString().toLowerCase(Locale.ROOT));
    return PATTERNS.stream().anyMatch(pattern -> pattern.matches(folded));
  }
}
