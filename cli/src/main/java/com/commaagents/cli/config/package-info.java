/// Where the daemon's settings come from: defaults, `daemon.json`, the environment, flags.
@NullMarked
package com.commaagents.cli.config;

import org.jspecify.annotations.NullMarked;
