/// Streaming calls to model providers over HTTP: one long-lived client, answers that can be broken
/// off at once, and refusals told in words without a key.
///
/// Knows nothing of what a provider streams: each wire's own package does.
@NullMarked
package com.commaagents.models.http;

import org.jspecify.annotations.NullMarked;
