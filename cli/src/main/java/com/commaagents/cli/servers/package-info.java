/// MCP servers as `comma mcp` starts and shows them.
@NullMarked
package com.commaagents.cli.servers;

import org.jspecify.annotations.NullMarked;
