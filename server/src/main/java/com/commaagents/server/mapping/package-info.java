/// From the run system's values to wire messages: the one place that knows both.
@NullMarked
package com.commaagents.server.mapping;

import org.jspecify.annotations.NullMarked;
