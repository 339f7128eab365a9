/// One prepared or running run: its mailbox, its journal, the people it waits for, and its end.
@NullMarked
package com.commaagents.runs.live;

import org.jspecify.annotations.NullMarked;
