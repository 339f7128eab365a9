package com.commaagents.tools.confinement;

/// What confined commands of root keep of root's powers: what a build needs, which is files of
/// other owners. Nothing that mounts, traces, looks into other processes or makes devices.
///
/// Source: the numbers are those of `linux/capability.h`.
enum Capability {
  CHOWN(0),
  DAC_OVERRIDE(1),
  FOWNER(3),
  FSETID(4),
  KILL(5),
  SETGID(6),
  SETUID(7),
  NET_BIND_SERVICE(10);

  private final int number;

  Capability(int number) {
    this.number = number;
  }

  /// As bubblewrap names it.
  String label() {
    return "CAP_" + name();
  }

  /// All of them, as Linux counts capabilities, of which there are more than 32.
  static int lowerBits() {
    int bits = 0;
    for (Capability kept : values()) {
      bits |= 1 << kept.number;
    }
    return bits;
  }
}
