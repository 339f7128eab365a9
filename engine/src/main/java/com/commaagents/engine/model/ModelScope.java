package com.commaagents.engine.model;

import java.nio.file.Path;

/// Where a model is asked for: it decides whose credential is used and which script is read.
///
/// @param strategyName the credential scope
/// @param strategyFile the absolute path of the strategy file
public record ModelScope(String strategyName, Path strategyFile) {}
