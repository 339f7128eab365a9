package com.commaagents.cli.runs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Which runs go. Pure.
///
/// `olderThan` names every run that was over longer ago. `maxBytes` names the runs that were
/// started first, as many as it takes until all others together are not larger. What either of them
/// names goes. `keep` protects so many runs that were started last from both; alone it names all
/// others. A run that is live is never named; it counts among those that are kept, and for the
/// size.
///
/// At least one of the three is present.
public record PruneRule(Optional<Duration> olderThan, OptionalLong keep, OptionalLong maxBytes) {
  public PruneRule {
    if (olderThan.isEmpty() && keep.isEmpty() && maxBytes.isEmpty()) {
      throw new IllegalArgumentException("a rule has a condition");
    }
  }

  /// The runs that go, the one that was started last first.
  ///
  /// @param runs all there are, the one that was started last first
  /// @param live ids of those that nobody may touch
  public List<RunRow> choose(List<RunRow> runs, Set<String> live, Instant now) {
    List<RunRow> candidates = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      RunRow run = runs.get(i);
      if (i >= keep.orElse(0) && !run.isLive() && !live.contains(run.runId().value())) {
        candidates.add(run);
      }
    }
    if (olderThan.isEmpty() && maxBytes.isEmpty()) {
      return candidates;
    }
    Set<RunRow> chosen = new HashSet<>();
    olderThan.ifPresent(age ->
        candidates.stream()
            .filter(run -> run.lastSeenAt().isBefore(now.minus(age)))
            .forEach(chosen::add));
    if (maxBytes.isPresent()) {
      shrink(runs, candidates, chosen, maxBytes.getAsLong());
    }
    return candidates.stream().filter(chosen::contains).toList();
  }

  private static void shrink(
      List<RunRow> runs, List<RunRow> candidates, Set<RunRow> chosen, long most) {
    long left = 0;
    for (RunRow run : runs) {
      left += chosen.contains(run) ? 0 : run.bytes().orElse(0);
    }
    for (RunRow run : candidates.reversed()) {
      if (left <= most) {
        return;
      }
      if (chosen.add(run)) {
        left -= run.bytes().orElse(0);
      }
    }
  }
}
