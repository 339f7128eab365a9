package com.commaagents.engine.agent;

import com.commaagents.engine.conversation.Spent;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.engine.model.TurnEnd;
import java.util.List;

/// A whole round-trip of a model.
///
/// @param parts for the conversation, in the order the model produced them
/// @param text all its text, joined
/// @param calls the tool calls among the parts
/// @param spent what is in `end`, and what it cost
record Turn(
    List<Part> parts, String text, List<ModelPart.ToolCall> calls, TurnEnd end, Spent spent) {}
