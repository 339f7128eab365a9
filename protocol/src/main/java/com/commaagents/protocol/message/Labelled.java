package com.commaagents.protocol.message;

/// A value of a closed set, with the word that stands for it on the wire.
public interface Labelled {
  String label();
}
