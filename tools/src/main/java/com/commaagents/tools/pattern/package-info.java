/// Glob patterns over paths and lines, with bounded cost.
@NullMarked
package com.commaagents.tools.pattern;

import org.jspecify.annotations.NullMarked;
