/// Strategies that an agent launches inside its run: their own agents and a fresh context, the
/// run's people, permissions, working folder and cancellation.
@NullMarked
package com.commaagents.runs.launch;

import org.jspecify.annotations.NullMarked;
