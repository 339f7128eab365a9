/// The connected clients and what is on its way to each.
@NullMarked
package com.commaagents.server.session;

import org.jspecify.annotations.NullMarked;
