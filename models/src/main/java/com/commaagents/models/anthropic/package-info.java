/// The Anthropic messages API, streamed, with thinking that is sent back as the API wants it.
@NullMarked
package com.commaagents.models.anthropic;

import org.jspecify.annotations.NullMarked;
