package com.commaagents.tools.confinement;

import com.commaagents.base.time.Clock;
import com.commaagents.tools.confinement.Confinements.Trial;
import java.util.List;

/// The kinds of confinement, each as a test has it. On Linux all of them must work.
public enum Kind {
  NONE("nothing to be done"),
  BUBBLEWRAP(
      "Install it: apt-get install bubblewrap (or dnf, pacman, apk). In a container it needs namespaces."),
  LANDLOCK("A kernel of Linux 6.2 or newer is needed, with landlock in /sys/kernel/security/lsm.");

  private final String remedy;

  Kind(String remedy) {
    this.remedy = remedy;
  }

  /// Which there are on this system: none is passed over where it should be.
  public static List<Kind> ofThisSystem() {
    return System.getProperty("os.name").equals("Linux") ? List.of(values()) : List.of(NONE);
  }

  /// Those that confine.
  public static List<Kind> confining() {
    return ofThisSystem().stream().filter(kind -> kind != NONE).toList();
  }

  public Confinement with(WritablePlaces places) throws InterruptedException {
    Confinements here = new Confinements(new SearchPath("/usr/bin:/bin"), Clock.system());
    return switch (this) {
      case NONE -> Confinement.none();
      case BUBBLEWRAP -> confinement(here.bubblewrap(places));
      case LANDLOCK -> confinement(here.landlock(places));
    };
  }

  private Confinement confinement(Trial trial) {
    return switch (trial) {
      case Trial.Works(Confinement confinement) -> confinement;
      case Trial.Fails(String reason) -> throw new AssertionError(reason + ". " + remedy);
    };
  }
}
