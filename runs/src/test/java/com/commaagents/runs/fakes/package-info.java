/// Stand-ins for the world around a run system: models, tools and clients that do what a test says.
@NullMarked
package com.commaagents.runs.fakes;

import org.jspecify.annotations.NullMarked;
