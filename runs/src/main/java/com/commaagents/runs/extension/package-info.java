/// The tools that plug-ins add to a run.
@NullMarked
package com.commaagents.runs.extension;

import org.jspecify.annotations.NullMarked;
