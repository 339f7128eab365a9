/// What clients are told of a run, as values; how it looks on a wire is somebody else's business.
@NullMarked
package com.commaagents.runs.message;

import org.jspecify.annotations.NullMarked;
