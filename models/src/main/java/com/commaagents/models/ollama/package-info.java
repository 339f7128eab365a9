/// Ollama's own chat API, streamed as lines of JSON.
@NullMarked
package com.commaagents.models.ollama;

import org.jspecify.annotations.NullMarked;
