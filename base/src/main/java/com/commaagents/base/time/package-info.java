/// Time as a port, so that a test decides it.
@NullMarked
package com.commaagents.base.time;

import org.jspecify.annotations.NullMarked;
