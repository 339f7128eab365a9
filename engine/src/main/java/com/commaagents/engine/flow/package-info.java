/// Flows: which agent is called when, with what.
@NullMarked
package com.commaagents.engine.flow;

import org.jspecify.annotations.NullMarked;
