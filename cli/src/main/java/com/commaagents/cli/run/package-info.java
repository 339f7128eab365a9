/// `comma run`: a run from the first word to the last, shown in a terminal as it happens.
///
/// One thread owns a run's state; what the daemon says, what a person types and a Ctrl-C come to it
/// through one bounded mailbox.
@NullMarked
package com.commaagents.cli.run;

import org.jspecify.annotations.NullMarked;
