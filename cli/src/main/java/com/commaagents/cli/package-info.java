/// The program `comma`: its commands, and the wiring of everything into one process.
///
/// Exit codes of every command: 0 done; 1 the run failed; 2 wrong usage or settings; 3 trouble with
/// the daemon, or `status` of one that does not run; 130 stopped by Ctrl-C.
@NullMarked
package com.commaagents.cli;

import org.jspecify.annotations.NullMarked;
