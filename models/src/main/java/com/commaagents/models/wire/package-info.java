/// What requests to all providers have in common: options in the strategy's spelling, tool results
/// as text, and a schema told in words.
@NullMarked
package com.commaagents.models.wire;

import org.jspecify.annotations.NullMarked;
