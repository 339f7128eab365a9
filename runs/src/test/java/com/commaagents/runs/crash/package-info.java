/// A process that is killed, and what it must have left behind.
@NullMarked
package com.commaagents.runs.crash;

import org.jspecify.annotations.NullMarked;
