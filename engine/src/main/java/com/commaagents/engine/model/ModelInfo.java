package com.commaagents.engine.model;

import java.util.OptionalLong;

/// What is known of a model before it is called.
///
/// @param name `provider/model`, as clients are told
/// @param contextWindow in tokens; empty where the catalogue does not know the model
/// @param maxInputTokens in tokens; empty where the context window is the limit
public record ModelInfo(String name, OptionalLong contextWindow, OptionalLong maxInputTokens) {}
