/// Commands as processes: environment, output, and the end of a whole tree.
@NullMarked
package com.commaagents.tools.process;

import org.jspecify.annotations.NullMarked;
