/// How model providers frame what they stream: bytes in, the data of one event at a time out.
///
/// Knows nothing of HTTP or of what an event says.
@NullMarked
package com.commaagents.models.stream;

import org.jspecify.annotations.NullMarked;
