/// The port to tools: what a model may call, and what a call gives back.
@NullMarked
package com.commaagents.engine.tool;

import org.jspecify.annotations.NullMarked;
