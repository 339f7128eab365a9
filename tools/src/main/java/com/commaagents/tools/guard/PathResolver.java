package com.commaagents.tools.guard;

import com.commaagents.tools.failure.ErrorKind;
import com.commaagents.tools.failure.Printable;
import com.commaagents.tools.failure.ToolError;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;

/// Follows a path name by name, as the kernel does, so that what is judged is where it leads.
///
/// `..` goes up from where the links before it led, not from how they are written. What does not
/// exist is taken as written. Files behind `/proc/…/fd` that have no path come out as missing.
/// Limits: [#MAX_LINKS] links, [#MAX_NAMES] names.
public final class PathResolver {
  public static final int MAX_LINKS = 40;
  public static final int MAX_NAMES = 1000;

  private PathResolver() {}

  /// @param root absolute; where relative paths begin
  /// @throws ToolError NOT_FOUND when it is no path at all; PERMISSION_DENIED when a part of it may
  ///   not be looked at; UNKNOWN past the limits
  public static Resolved resolve(Path root, String given) throws ToolError {
    String shown = Printable.name(given);
    try {
      Path path = root.resolve(given);
      return new Walk(path, shown).resolve();
    } catch (InvalidPathException | IOException noPath) {
      throw failure(noPath, shown);
    }
  }

  private static ToolError failure(Exception cause, String shown) {
    return cause instanceof AccessDeniedException
        ? new ToolError(
            ErrorKind.PERMISSION_DENIED,
            "The system does not let this path be looked at: " + shown,
            "use another path.")
        : new ToolError(
            ErrorKind.NOT_FOUND,
            "This is no path that can be followed: " + shown,
            "find the right one with list_directory or glob.");
  }

  private static final class Walk {
    private final Deque<Path> ahead = new ArrayDeque<>();
    private final String shown;
    private Path at;
    private int links;
    private int names;
    private boolean lastIsLink;

    Walk(Path absolute, String shown) {
      this.shown = shown;
      at = absolute.getRoot();
      absolute.forEach(ahead::addLast);
    }

    Resolved resolve() throws ToolError, IOException {
      while (!ahead.isEmpty()) {
        if (++names > MAX_NAMES) {
          throw tooLong();
        }
        Path name = ahead.removeFirst();
        step(name, ahead.isEmpty());
      }
      return new Resolved(at, lastIsLink, shown);
    }

    private void step(Path name, boolean last) throws ToolError, IOException {
      switch (name.toString()) {
        case "", "." -> {}
        case ".." -> at = at.getParent() == null ? at : at.getParent();
        default -> {
          Path next = at.resolve(name);
          if (isLink(next)) {
            lastIsLink |= last;
            follow(next);
          } else {
            at = next;
          }
        }
      }
    }

    private static boolean isLink(Path path) throws IOException {
      try {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
            .isSymbolicLink();
      } catch (AccessDeniedException denied) {
        throw denied;
      } catch (FileSystemException missing) {
        return false;
      }
    }

    private void follow(Path link) throws ToolError, IOException {
      if (++links > MAX_LINKS) {
        throw new ToolError(
            ErrorKind.UNKNOWN,
            "Too many links lead from one to the other: " + shown,
            "name the file itself.");
      }
      Path target = Files.readSymbolicLink(link);
      if (target.isAbsolute()) {
        at = target.getRoot();
      }
      for (int i = target.getNameCount() - 1; i >= 0; i--) {
        ahead.addFirst(target.getName(i));
      }
    }

    private ToolError tooLong() {
      return new ToolError(
          ErrorKind.UNKNOWN, "The path has too many parts: " + shown, "use a shorter path.");
    }
  }
}
