/// The terminal as a port: what is written to it, read from it, and what it can show.
@NullMarked
package com.commaagents.cli.terminal;

import org.jspecify.annotations.NullMarked;
