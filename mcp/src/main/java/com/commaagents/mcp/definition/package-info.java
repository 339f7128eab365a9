/// What is said of an MCP server, and its values when it is connected to.
@NullMarked
package com.commaagents.mcp.definition;

import org.jspecify.annotations.NullMarked;
