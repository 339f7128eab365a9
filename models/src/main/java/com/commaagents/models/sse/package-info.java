/// Server-sent events as model providers stream them: bytes in, the data of one event at a time
/// out.
///
/// Knows nothing of HTTP or of what an event says.
@NullMarked
package com.commaagents.models.sse;

import org.jspecify.annotations.NullMarked;
