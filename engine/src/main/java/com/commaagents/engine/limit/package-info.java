/// What a run may come to, and what it has come to so far.
@NullMarked
package com.commaagents.engine.limit;

import org.jspecify.annotations.NullMarked;
