package com.commaagents.tools.guard;

import com.commaagents.engine.tool.ToolSession.Mode;
import com.commaagents.engine.tool.ToolSession.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Files that are delicate wherever they are: a repository's internals, environment files, keys and
/// certificates, the system's own file systems, the trash. Writing is denied, reading asked.
///
/// Names are compared without regard to case, because some disks do not know it.
final class ProtectedFiles {
  // Protected with all that is in them.
  private static final Set<String> FOLDERS = Set.of(".git", ".ssh", ".gnupg");
  private static final Set<String> NAMES =
      Set.of(".netrc", ".pgpass", ".git-credentials", "credentials.json");
  // In `.comma`: the trash, and where the workspace is the home, the settings with the token.
  private static final Set<String> OWN = Set.of("trash", "daemon.json");
  private static final List<String> BEGINNINGS =
      List.of(".env", "id_rsa", "id_dsa", "id_ecdsa", "id_ed25519");
  private static final Set<String> KEY_ENDINGS =
      Set.of("pem", "key", "p8", "p12", "pfx", "jks", "keystore", "ppk", "kdbx", "gpg", "asc");
  private static final Set<String> CERTIFICATE_ENDINGS =
      Set.of("crt", "cer", "der", "csr", "p7b", "p7c");

  // What a process shows of itself there can hold the daemon's credentials.
  private static final List<Path> SYSTEM =
      List.of(Path.of("/proc"), Path.of("/sys"), Path.of("/dev"));

  private ProtectedFiles() {}

  static Optional<Verdict> judge(Access access) {
    if (!isProtected(access) || (access.mode() == Mode.READ && isTrash(access))) {
      return Optional.empty();
    }
    return Optional.of(access.mode() == Mode.WRITE ? Verdict.DENY : Verdict.ASK);
  }

  private static boolean isTrash(Access access) {
    return access.isInside() && access.local().startsWith(Path.of(".comma", "trash"));
  }

  private static boolean isProtected(Access access) {
    for (Path system : SYSTEM) {
      if (access.path().startsWith(system)) {
        return true;
      }
    }
    String[] names = access.local().toString().toLowerCase(Locale.ROOT).split("/", -1);
    for (int i = 0; i < names.length; i++) {
      boolean own = i > 0 && names[i - 1].equals(".comma") && OWN.contains(names[i]);
      if (own || FOLDERS.contains(names[i])) {
        return true;
      }
    }
    return isProtected(names[names.length - 1]);
  }

  // A search judges every file it comes to: this is a few look-ups, not a list of patterns.
  private static boolean isProtected(String name) {
    int dot = name.lastIndexOf('.');
    String ending = dot < 0 ? "" : name.substring(dot + 1);
    return NAMES.contains(name)
        || KEY_ENDINGS.contains(ending)
        || CERTIFICATE_ENDINGS.contains(ending)
        || beginsProtected(name);
  }

  private static boolean beginsProtected(String name) {
    for (String beginning : BEGINNINGS) {
      if (name.startsWith(beginning)) {
        return true;
      }
    }
    return false;
  }
}
