/// What the engine reports while it works, for the journal to keep and to tell.
@NullMarked
package com.commaagents.engine.event;

import org.jspecify.annotations.NullMarked;
