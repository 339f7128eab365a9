/// The daemon as a process: one for each data folder, its lock, pid file and log, its start, stop
/// and status.
///
/// Files in the data folder: `daemon.lock` is locked by the operating system for as long as the
/// daemon lives and names it (pid, address, start, build); `daemon.pid` holds the pid alone, as the
/// public daemon's does, so that each of the two sees the other.
@NullMarked
package com.commaagents.cli.daemon;

import org.jspecify.annotations.NullMarked;
