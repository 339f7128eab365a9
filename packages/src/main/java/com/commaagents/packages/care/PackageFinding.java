package com.commaagents.packages.care;

import java.nio.file.Path;

/// Something that is wrong with the packages.
///
/// @param what and what to do about it, each in a few words
/// @param repairable whether a repair does that
public record PackageFinding(Path where, String what, String remedy, boolean repairable) {
  static PackageFinding forPerson(Path where, String what, String remedy) {
    return new PackageFinding(where, what, remedy, false);
  }

  static PackageFinding repairable(Path where, String what, String remedy) {
    return new PackageFinding(where, what, remedy, true);
  }
}
