package com.commaagents.tools.search;

/// What a search has found so far.
///
/// @param <T> what is known of an entry before it is visited
sealed interface Found<T> extends TreeWalk.Visitor<T> permits FoundPaths, FoundLines {
  int count();

  /// Whether there was more than was wanted.
  boolean isFull();

  /// Files that were too large to look at, or could not be read.
  int skipped();

  /// Files that a person would have to allow.
  int withheld();

  /// The findings, each on a line of its own that begins with a newline.
  String text();
}
