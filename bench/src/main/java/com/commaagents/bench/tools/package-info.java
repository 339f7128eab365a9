/// Measurements of the tools: how fast they are, beside the least that the machine needs for the
/// same. They are no tests and fail on no clock.
@NullMarked
package com.commaagents.bench.tools;

import org.jspecify.annotations.NullMarked;
