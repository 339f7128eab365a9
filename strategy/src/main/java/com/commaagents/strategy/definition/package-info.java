/// What a strategy file says, as values: agents, flow, MCP servers. Reads nothing, runs nothing.
@NullMarked
package com.commaagents.strategy.definition;

import org.jspecify.annotations.NullMarked;
