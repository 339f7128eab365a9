package com.commaagents.cli.daemon;

import com.commaagents.engine.plugin.CommaPlugin;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;

/// Plug-ins from the jars in the folder `plugins` of the data folder.
///
/// Each jar has a class loader of its own that sees the JDK, the plug-in API and Jackson, and
/// nothing else of the program: libraries of two plug-ins do not meet. A jar is code that runs with
/// all the rights of the daemon, so one that somebody else can write is not loaded. What cannot be
/// loaded is a problem to be told, and stops nothing.
///
/// Limit: [#MAX_JARS].
public final class PluginJars {
  static final int MAX_JARS = 100;

  private static final Set<PosixFilePermission> OTHERS_WRITE =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private PluginJars() {}

  /// What was found.
  ///
  /// @param problems one line each
  public record Found(List<CommaPlugin> plugins, List<String> problems) {
    public Found {
      plugins = List.copyOf(plugins);
      problems = List.copyOf(problems);
    }
  }

  public static Found load(Path dataFolder) {
    Path folder = dataFolder.resolve("plugins");
    List<CommaPlugin> plugins = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (Path jar : jars(folder, problems)) {
      Optional<String> unsafe = writableByOthers(folder).or(() -> writableByOthers(jar));
      if (unsafe.isPresent()) {
        problems.add(jar + " is not loaded: " + unsafe.get() + " can be written by others.");
      } else {
        load(jar, plugins, problems);
      }
    }
    return new Found(plugins, problems);
  }

  private static void load(Path jar, List<CommaPlugin> plugins, List<String> problems) {
    try {
      int before = plugins.size();
      URLClassLoader loader =
          new URLClassLoader(jar.toString(), new URL[] {jar.toUri().toURL()}, new ApiOnly());
      for (CommaPlugin plugin : ServiceLoader.load(CommaPlugin.class, loader)) {
        // Parents come first: one that the program itself names is none of this jar.
        if (loader.equals(plugin.getClass().getClassLoader())) {
          plugins.add(plugin);
        }
      }
      if (plugins.size() == before) {
        problems.add(
            jar
                + " holds no plug-in: META-INF/services/"
                + CommaPlugin.class.getName()
                + " names none.");
      }
    } catch (ServiceConfigurationError | LinkageError | MalformedURLException broken) {
      problems.add(jar + " cannot be loaded: " + broken.getMessage());
    }
  }

  private static List<Path> jars(Path folder, List<String> problems) {
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*.jar")) {
      entries.forEach(jars::add);
    } catch (NoSuchFileException none) {
      return List.of();
    } catch (IOException unreadable) {
      problems.add(folder + " cannot be listed.");
    }
    jars.sort(null);
    if (jars.size() > MAX_JARS) {
      problems.add(folder + " holds more than " + MAX_JARS + " jars; the rest is not loaded.");
    }
    return jars.subList(0, Math.min(jars.size(), MAX_JARS));
  }

  /// The path, where others can write it; what it is a link to counts.
  private static Optional<String> writableByOthers(Path path) {
    try {
      PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class);
      boolean safe = attributes.permissions().stream().noneMatch(OTHERS_WRITE::contains);
      return safe ? Optional.empty() : Optional.of(path.toString());
    } catch (UnsupportedOperationException noSuchPermissions) {
      return Optional.empty();
    } catch (IOException unreadable) {
      return Optional.of(path.toString());
    }
  }

  /// What a plug-in sees of the program.
  private static final class ApiOnly extends ClassLoader {
    private static final List<String> SEEN =
        List.of(
            "com.commaagents.engine.",
            "com.commaagents.base.",
            "tools.jackson.",
            "com.fasterxml.jackson.annotation.",
            "org.slf4j.",
            "org.jspecify.");

    ApiOnly() {
      super("plug-in API", ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (SEEN.stream().noneMatch(name::startsWith)) {
        throw new ClassNotFoundException(name);
      }
      return Class.forName(name, false, PluginJars.class.getClassLoader());
    }
  }
}
