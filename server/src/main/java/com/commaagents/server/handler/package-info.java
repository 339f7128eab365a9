/// What each request does.
@NullMarked
package com.commaagents.server.handler;

import org.jspecify.annotations.NullMarked;
