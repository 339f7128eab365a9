/// Whole lives of a run system, played from a seed: time, chance, threads, models, tools, people
/// and the disk are the game's, everything between them is the real thing.
@NullMarked
package com.commaagents.runs.simulation;

import org.jspecify.annotations.NullMarked;
