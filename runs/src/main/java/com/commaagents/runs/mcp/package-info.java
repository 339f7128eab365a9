/// The MCP servers of runs: which there are, which of them a run uses, and how they stand.
@NullMarked
package com.commaagents.runs.mcp;

import org.jspecify.annotations.NullMarked;
