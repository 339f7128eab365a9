/// A client's end of the wire: one WebSocket to a daemon, JSON in and out.
@NullMarked
package com.commaagents.cli.client;

import org.jspecify.annotations.NullMarked;
