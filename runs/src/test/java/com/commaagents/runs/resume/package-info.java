/// Interrupted runs are resumed, wherever they were interrupted.
@org.jspecify.annotations.NullMarked
package com.commaagents.runs.resume;
