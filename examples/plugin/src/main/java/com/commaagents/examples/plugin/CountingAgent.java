package com.commaagents.examples.plugin;

import com.commaagents.engine.plugin.AgentType;

/// An agent without a model: says how long its message is, and how often it was asked before.
///
/// `config: {unit: words}` counts words in place of characters.
final class CountingAgent implements AgentType {
  @Override
  public String name() {
    return "counter";
  }

  @Override
  public String answer(Call call) throws InterruptedException {
    boolean words = call.config().path("unit").asString("").equals("words");
    int count = words ? WordCountTool.words(call.message()) : call.message().length();
    String answer = count + (words ? " words" : " characters");
    call.work().text(answer);
    return call.earlier().isEmpty()
        ? answer
        : answer + ", asked " + (call.earlier().size() + 1) + " times";
  }
}
