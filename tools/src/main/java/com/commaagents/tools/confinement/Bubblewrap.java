package com.commaagents.tools.confinement;

import com.commaagents.base.time.Clock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Confinement in namespaces of Linux, by the program `bwrap`: a command sees the whole file system
/// read-only, but for the places where it may write, and of the processes only its run's.
public final class Bubblewrap implements Confinement {
  private final Path program;
  private final String version;
  private final Path shell;
  private final boolean root;
  private final WritablePlaces places;
  private final Clock clock;

  /// @param version what the program calls itself
  /// @param shell a POSIX shell
  /// @param root whether this process is root's: others get a user namespace
  Bubblewrap(
      Path program, String version, Path shell, boolean root, WritablePlaces places, Clock clock) {
    this.program = program;
    this.version = version;
    this.shell = shell;
    this.root = root;
    this.places = places;
    this.clock = clock;
  }

  @Override
  public Optional<String> name() {
    return Optional.of(version);
  }

  @Override
  public WritablePlaces places() {
    return places;
  }

  @Override
  public boolean looksRefused(String output) {
    return output.toLowerCase(Locale.ROOT).contains("read-only file system");
  }

  @Override
  public Cell open(Path workspace) {
    return new BubblewrapCell(this, workspace, clock);
  }

  Path shell() {
    return shell;
  }

  /// The arguments of the process that holds a run's namespaces.
  List<String> holding(List<String> held) {
    List<String> arguments = begin();
    arguments.addAll(List.of("--unshare-pid", "--die-with-parent", "--info-fd", "1"));
    arguments.addAll(new Mounts(places).arguments());
    arguments.addAll(List.of("--chdir", "/", "--"));
    arguments.addAll(held);
    return arguments;
  }

  /// The arguments of a command that joins them; they set its variables.
  List<String> joining(int user, int processes, Mounts mounts, Launch launch) {
    List<String> arguments = begin();
    if (!root) {
      arguments.addAll(List.of("--userns", Integer.toString(user)));
    }
    arguments.addAll(List.of("--pidns", Integer.toString(processes)));
    arguments.addAll(mounts.arguments());
    launch.variables().forEach((name, value) -> arguments.addAll(List.of("--setenv", name, value)));
    arguments.addAll(List.of("--chdir", launch.directory().toString(), "--"));
    return arguments;
  }

  private List<String> begin() {
    List<String> arguments = new ArrayList<>();
    arguments.add(program.toString());
    if (root) {
      arguments.addAll(List.of("--cap-drop", "ALL"));
      for (Capability kept : Capability.values()) {
        arguments.addAll(List.of("--cap-add", kept.label()));
      }
    }
    return arguments;
  }
}
