/// The states of a run and what leads from one to the next, as pure functions. Live execution, boot
/// recovery and listing all call the same ones.
@NullMarked
package com.commaagents.runs.lifecycle;

import org.jspecify.annotations.NullMarked;
