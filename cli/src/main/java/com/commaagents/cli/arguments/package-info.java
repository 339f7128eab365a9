/// The command line: which commands and flags there are, what was typed, and the help.
///
/// Our own and not a library: the usual one is compiled for such an old Java that no start-up cache
/// takes it, and costs a quarter of a second at each start.
@NullMarked
package com.commaagents.cli.arguments;

import org.jspecify.annotations.NullMarked;
