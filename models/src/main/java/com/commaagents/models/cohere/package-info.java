/// Cohere's chat, version 2, streamed.
@NullMarked
package com.commaagents.models.cohere;

import org.jspecify.annotations.NullMarked;
