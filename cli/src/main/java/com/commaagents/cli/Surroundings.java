package com.commaagents.cli;

import com.commaagents.base.time.Clock;
import com.commaagents.cli.config.Place;
import com.commaagents.cli.daemon.BackgroundProcess;
import com.commaagents.cli.daemon.Build;
import com.commaagents.cli.daemon.DaemonServiceFactory;
import com.commaagents.cli.terminal.Terminal;

/// All that a command needs of the world, passed in so that a test decides it. `programName` is how
/// the user calls this program.
record Surroundings(
    String programName,
    Place place,
    Terminal terminal,
    Build build,
    BackgroundProcess.Program self,
    DaemonServiceFactory factory,
    Clock clock) {}
