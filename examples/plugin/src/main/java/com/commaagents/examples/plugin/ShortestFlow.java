package com.commaagents.examples.plugin;

import com.commaagents.engine.plugin.FlowType;

/// A flow that gives every step the same input and goes on with the shortest text.
final class ShortestFlow implements FlowType {
  @Override
  public String name() {
    return "shortest";
  }

  @Override
  public String run(Call call) throws InterruptedException {
    String shortest = "";
    boolean first = true;
    for (Step step : call.steps()) {
      String text = step.run(call.input());
      if (first || text.length() < shortest.length()) {
        shortest = text;
      }
      first = false;
    }
    return shortest;
  }
}
