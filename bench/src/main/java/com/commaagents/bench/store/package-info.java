/// Measurements: how fast the project is, beside the least that the machine needs for the same.
/// They are no tests and fail on no clock.
@NullMarked
package com.commaagents.bench.store;

import org.jspecify.annotations.NullMarked;
