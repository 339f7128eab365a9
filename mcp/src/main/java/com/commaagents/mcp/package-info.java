/// MCP servers behind the tool port: the connections of a run, and the tools they offer.
@NullMarked
package com.commaagents.mcp;

import org.jspecify.annotations.NullMarked;
