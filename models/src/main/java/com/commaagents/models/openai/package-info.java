/// OpenAI chat completions, streamed: what OpenAI itself and most other providers and local servers
/// speak.
///
/// Knows the wire and the few ways in which its speakers differ ([Dialect]); which provider is
/// where is the roof's business.
@NullMarked
package com.commaagents.models.openai;

import org.jspecify.annotations.NullMarked;
