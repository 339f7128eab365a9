package com.commaagents.engine.plugin;

import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.event.EngineEvent.ToolOutcome;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.engine.model.ToolSpec;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What an agent of an added type can do while it answers one call. Used by the thread that
/// answers, and not after it has.
///
/// What models and tools gave is kept as that of an `llm` agent is. When a call was interrupted, a
/// resume makes it again from its beginning and gives it the same answers and results at once,
/// without asking or doing anything. So what it asks for has to follow from its config, its
/// message, its earlier calls and what it was given; where it asks for something else, the step
/// fails.
///
/// Limit: 10,000 answers of models and rounds of tools in one call; one more fails.
public interface AgentWork {
  /// Tells clients a part of the answer while it is made.
  void text(String part) throws InterruptedException;

  /// What people have steered since this was asked last, oldest first; never waits. Whoever takes
  /// it is the one to follow it: no other agent gets it. Ask once before a model or tools are
  /// asked: a resume knows no finer.
  List<String> steering() throws InterruptedException;

  /// What the agent's skills say, to be put into a question's system prompt: those that its config
  /// names in full, and for an agent with the tool `load_skill` the names of all others. Empty
  /// where that is nothing.
  Optional<String> skills();

  /// The tools that the agent's config names, and those that its MCP servers offered when the call
  /// began. After an interruption these may be others.
  List<ToolSpec> tools();

  /// Calls one of the tools, as [#use(List)] does.
  default ToolOutcome use(String tool, JsonNode arguments) throws InterruptedException {
    return use(List.of(new ToolUse(tool, arguments))).getFirst();
  }

  /// Calls tools, all at once, and returns how they ended in the order of the calls. Their guard,
  /// hooks and limits are those of an `llm` agent's calls, and clients are told of them. A call
  /// that cannot be run ends as [ToolOutcome.Failed].
  List<ToolOutcome> use(List<ToolUse> calls) throws InterruptedException;

  /// Calls the tools that a model asked for and returns the message that tells it how they ended.
  ///
  /// @param answer the one that [#ask] gave last; it has calls
  Message.Tool use(Answer answer) throws InterruptedException;

  /// Asks the model that the agent's config names, with the options there. What it spends counts as
  /// the call's, and for the run's limits. Tried again where that may help.
  ///
  /// @throws com.commaagents.base.fault.Fault when the agent has no model, a credential is missing
  ///   or the last try failed. Nothing of that is kept
  Answer ask(Question question) throws InterruptedException;

  /// Counts what the agent has spent in a way of its own, and holds the run to its limits. A resume
  /// counts it anew.
  ///
  /// @param costUsd US dollars; empty where nobody knows. Then the run's cost is not known, and a
  ///   run whose cost is limited fails
  void spent(Usage usage, Optional<BigDecimal> costUsd) throws InterruptedException;

  /// A tool, and what it is called with.
  record ToolUse(String tool, JsonNode arguments) {}

  /// What a model is asked.
  ///
  /// @param messages the conversation, oldest first; the last one is a user's or a tool's
  /// @param tools what the model may ask for
  /// @param shown whether clients see its answer as it comes; once they have seen a part of it, a
  ///   failure is not tried again
  /// @param outputSchema a JSON Schema for its answer, for providers that can enforce one; whether
  ///   the answer fits is for the agent to see
  record Question(
      Optional<String> system,
      List<Message> messages,
      List<ToolSpec> tools,
      boolean shown,
      Optional<JsonNode> outputSchema) {
    public Question {
      messages = List.copyOf(messages);
      tools = List.copyOf(tools);
    }

    /// One whose answer has no schema.
    public Question(
        Optional<String> system, List<Message> messages, List<ToolSpec> tools, boolean shown) {
      this(system, messages, tools, shown, Optional.empty());
    }

    /// A text without anything else, whose answer clients do not see.
    public static Question of(String text) {
      return new Question(Optional.empty(), List.of(Message.user(text)), List.of(), false);
    }
  }

  /// What a model answered.
  ///
  /// @param message for the next question's messages
  /// @param calls the tools that it asks for
  record Answer(
      String text,
      Message.Assistant message,
      List<ModelPart.ToolCall> calls,
      FinishReason finishReason,
      Usage usage) {
    public Answer {
      calls = List.copyOf(calls);
    }
  }
}
