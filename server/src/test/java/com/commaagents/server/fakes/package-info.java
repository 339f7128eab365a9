/// Stand-ins for the world around a daemon: models, tools, the host and clients that do what a test
/// says.
@NullMarked
package com.commaagents.server.fakes;

import org.jspecify.annotations.NullMarked;
