package com.commaagents.protocol.message;

/// Tokens spent; not negative.
public record Usage(long promptTokens, long completionTokens) {}
