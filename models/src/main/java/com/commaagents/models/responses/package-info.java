/// OpenAI responses, streamed, with nothing kept at OpenAI: thinking comes back encrypted and is
/// sent again.
@NullMarked
package com.commaagents.models.responses;

import org.jspecify.annotations.NullMarked;
