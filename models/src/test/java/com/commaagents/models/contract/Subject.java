package com.commaagents.models.contract;

import com.commaagents.engine.model.Model;
import java.io.IOException;

/// A model that answers as a test wants it to, whatever it is made of.
public interface Subject extends AutoCloseable {
  boolean can(Ability ability);

  Model answers(Answer answer) throws IOException;

  /// Refuses with status 429, the words `slow down` and a wait of seven seconds.
  Model refuses() throws IOException;

  /// Says half, and the connection breaks.
  Model breaksOff() throws IOException;

  @Override
  void close() throws IOException;
}
