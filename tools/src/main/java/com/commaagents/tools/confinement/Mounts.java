package com.commaagents.tools.confinement;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What a command sees of the file system, as arguments of bubblewrap: all of it, read-only, and
/// over that the places where it may write.
///
/// INVARIANT: what lies deeper is mounted later, so that it counts. Of two mounts in one place the
/// one that was added later counts.
final class Mounts {
  private record Mount(Path place, List<String> arguments) {}

  private final List<Mount> mounts = new ArrayList<>();

  Mounts(WritablePlaces places) {
    add(Path.of("/"), "--ro-bind", "/", "/");
    add(Path.of("/proc"), "--proc", "/proc");
    devices();
    for (Path folder : places.existing()) {
      add(folder, "--bind", folder.toString(), folder.toString());
    }
    places.hiddenNow().ifPresent(this::hide);
  }

  // The machine's own /dev would give a command of root its disks.
  private void devices() {
    add(Path.of("/dev"), "--tmpfs", "/dev");
    List<Path> devices = new ArrayList<>(WritablePlaces.DEVICES);
    devices.addAll(WritablePlaces.DEVICE_FOLDERS);
    devices.add(Path.of("/dev/random"));
    devices.add(Path.of("/dev/urandom"));
    for (Path device : devices) {
      add(device, "--dev-bind-try", device.toString(), device.toString());
    }
    add(Path.of("/dev/fd"), "--symlink", "/proc/self/fd", "/dev/fd");
    add(Path.of("/dev/stdin"), "--symlink", "/proc/self/fd/0", "/dev/stdin");
    add(Path.of("/dev/stdout"), "--symlink", "/proc/self/fd/1", "/dev/stdout");
    add(Path.of("/dev/stderr"), "--symlink", "/proc/self/fd/2", "/dev/stderr");
  }

  private void hide(Path folder) {
    add(folder, "--tmpfs", folder.toString());
    for (String name : WritablePlaces.SHOWN) {
      String shown = folder.resolve(name).toString();
      add(folder.resolve(name), "--ro-bind-try", shown, shown);
    }
  }

  /// Lets a folder be written that the launching shell holds open.
  Mounts withWritable(Path folder, int descriptor) {
    add(folder, "--bind-fd", Integer.toString(descriptor), folder.toString());
    return this;
  }

  private void add(Path place, String... arguments) {
    mounts.add(new Mount(place, List.of(arguments)));
  }

  List<String> arguments() {
    return mounts.stream()
        .sorted(Comparator.comparingInt(mount -> mount.place().getNameCount()))
        .flatMap(mount -> mount.arguments().stream())
        .toList();
  }
}
