/// The tools that come with the daemon, behind the engine's tool port.
@NullMarked
package com.commaagents.tools;

import org.jspecify.annotations.NullMarked;
