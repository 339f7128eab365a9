/// The daemon's front: run system, requests and connections put together.
@NullMarked
package com.commaagents.server;

import org.jspecify.annotations.NullMarked;
