/// Structured forks on virtual threads.
@NullMarked
package com.commaagents.base.task;

import org.jspecify.annotations.NullMarked;
