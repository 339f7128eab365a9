/// Tests of the project itself: who may know whom, how sources look, what documents say.
@NullMarked
package com.commaagents.checks;

import org.jspecify.annotations.NullMarked;
