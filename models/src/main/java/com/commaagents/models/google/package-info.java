/// Google's generateContent, streamed: Gemini's own API and Vertex AI.
@NullMarked
package com.commaagents.models.google;

import org.jspecify.annotations.NullMarked;
