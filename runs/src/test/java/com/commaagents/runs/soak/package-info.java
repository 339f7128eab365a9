/// Many runs in one process, and what is left of them.
@NullMarked
package com.commaagents.runs.soak;

import org.jspecify.annotations.NullMarked;
