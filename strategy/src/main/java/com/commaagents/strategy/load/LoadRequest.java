package com.commaagents.strategy.load;

/// What a strategy is checked against.
///
/// @param modelOverridden another model replaces that of every agent, so that none needs its own
public record LoadRequest(boolean modelOverridden, Available available) {
  /// Only what the file itself and the files beside it can show: for listing strategies.
  public static final LoadRequest FILE_ONLY = new LoadRequest(true, Available.NOT_CHECKED);
}
