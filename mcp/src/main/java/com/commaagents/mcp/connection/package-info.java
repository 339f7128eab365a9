/// One connection to one server. The only place that sees the MCP library and Reactor.
@NullMarked
package com.commaagents.mcp.connection;

import org.jspecify.annotations.NullMarked;
