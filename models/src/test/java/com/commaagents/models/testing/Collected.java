package com.commaagents.models.testing;

import com.commaagents.engine.model.Model;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.engine.model.TurnEnd;
import java.util.ArrayList;
import java.util.List;

/// A whole answer.
public record Collected(List<ModelPart> parts, TurnEnd end) {

  public static Collected from(Model model, ModelRequest request)
      throws ModelFailure, InterruptedException {
    List<ModelPart> parts = new ArrayList<>();
    TurnEnd end = model.generate(request, parts::add);
    return new Collected(List.copyOf(parts), end);
  }

  /// The failure of a call that must fail.
  public static ModelFailure failure(Model model, ModelRequest request)
      throws InterruptedException {
    try {
      throw new AssertionError("did not fail: " + from(model, request));
    } catch (ModelFailure failure) {
      return failure;
    }
  }
}
