/// The port that starts the programs of stdio servers and ends all that came from them.
@NullMarked
package com.commaagents.mcp.program;

import org.jspecify.annotations.NullMarked;
