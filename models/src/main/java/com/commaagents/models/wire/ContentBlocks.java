package com.commaagents.models.wire;

import com.commaagents.base.json.Json;
import com.commaagents.engine.model.Model.PartListener;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.models.http.ProviderErrors;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// An answer that comes in numbered blocks: text and thinking are handed over as they come, a tool
/// call when its block stops. Not thread-safe.
///
/// Where the answer is asked for by [AnswerTool], text is held back until it is known whether that
/// tool is called: then its arguments are the text, and what was said beside them is dropped.
///
/// Limits: [#MAX_BLOCKS] blocks open at once, [#MAX_ARGUMENT_CHARACTERS] of tool arguments in all;
/// an answer beyond is refused.
public final class ContentBlocks {
  public static final int MAX_BLOCKS = 1_000;
  public static final int MAX_ARGUMENT_CHARACTERS = 16 << 20;

  private final String provider;
  private final ProviderErrors errors;
  private final PartListener listener;
  private final boolean answerByTool;

  private final TreeMap<Integer, Block> open = new TreeMap<>();
  private final StringBuilder heldBack = new StringBuilder();
  private int argumentCharacters;
  private boolean answered;
  private boolean toolCalled;

  private sealed interface Block {
    /// @param options what the provider needs to get it back
    record Thinking(String id, ObjectNode options) implements Block {}

    /// @param whole the arguments as the block's start had them; used when no piece follows
    record ToolUse(String id, String name, JsonNode whole, StringBuilder pieces) implements Block {}
  }

  /// @param provider under whose name what it needs to get thinking back is kept
  public ContentBlocks(
      String provider, ProviderErrors errors, PartListener listener, boolean answerByTool) {
    this.provider = provider;
    this.errors = errors;
    this.listener = listener;
    this.answerByTool = answerByTool;
  }

  /// Whether [AnswerTool] was called, and nothing else: of that call nobody is to hear.
  public boolean answered() {
    return answered && !toolCalled;
  }

  /// Whether a tool other than [AnswerTool] was called.
  public boolean toolCalled() {
    return toolCalled;
  }

  public void text(String text) throws InterruptedException {
    if (answerByTool) {
      heldBack.append(text);
    } else if (!text.isEmpty()) {
      listener.part(new ModelPart.Text(text));
    }
  }

  /// A piece of thinking, which opens its block where it is the first.
  public void thinking(int index, String text) throws ModelFailure, InterruptedException {
    String id = thought(index).id();
    if (!text.isEmpty()) {
      listener.part(new ModelPart.Thinking(id, text));
    }
  }

  /// What the provider needs to get the block back; texts of one field are joined.
  public void option(int index, String field, String text)
      throws ModelFailure, InterruptedException {
    if (text.isEmpty()) {
      return;
    }
    ObjectNode options = thought(index).options();
    options.put(field, options.path(field).stringValue("") + text);
  }

  /// @param whole the arguments, where they come at once; anything but an object is ignored
  public void toolUse(int index, String id, String name, JsonNode whole) throws ModelFailure {
    makeRoom();
    open.put(index, new Block.ToolUse(id, name, whole, new StringBuilder()));
  }

  /// A piece of the arguments of the tool call at `index`.
  public void arguments(int index, String piece) throws ModelFailure {
    argumentCharacters += piece.length();
    if (argumentCharacters > MAX_ARGUMENT_CHARACTERS) {
      throw errors.unusable(
          "its tool arguments have more than " + MAX_ARGUMENT_CHARACTERS + " characters");
    }
    if (open.get(index) instanceof Block.ToolUse call) {
      call.pieces().append(piece);
    }
  }

  /// The arguments of the tool call at `index` as a whole, where no piece of them has come.
  public void completeArguments(int index, String whole) throws ModelFailure {
    if (open.get(index) instanceof Block.ToolUse call && call.pieces().isEmpty()) {
      arguments(index, whole);
    }
  }

  /// The block at `index` is complete; one we do not know is ignored.
  public void stop(int index) throws InterruptedException {
    switch (open.remove(index)) {
      case Block.Thinking(var id, var options) -> {
        JsonNode kept = options.isEmpty() ? options : Json.object().set(provider, options);
        listener.part(new ModelPart.ThinkingEnd(id, kept));
      }
      case Block.ToolUse call -> handOver(call);
      case null -> {}
    }
  }

  /// The answer has ended, and with it every block.
  public void end() throws InterruptedException {
    while (!open.isEmpty()) {
      stop(open.firstKey());
    }
    flush();
  }

  private Block.Thinking thought(int index) throws ModelFailure, InterruptedException {
    if (open.get(index) instanceof Block.Thinking thinking) {
      return thinking;
    }
    makeRoom();
    Block.Thinking begun = new Block.Thinking("thinking-" + index, Json.object());
    open.put(index, begun);
    listener.part(new ModelPart.ThinkingStart(begun.id()));
    return begun;
  }

  private void makeRoom() throws ModelFailure {
    if (open.size() >= MAX_BLOCKS) {
      throw errors.unusable("it has more than " + MAX_BLOCKS + " open blocks");
    }
  }

  private void handOver(Block.ToolUse call) throws InterruptedException {
    JsonNode whole = call.whole().isObject() ? call.whole() : Json.object();
    String arguments = call.pieces().isEmpty() ? Json.write(whole) : call.pieces().toString();
    if (answerByTool && call.name().equals(AnswerTool.NAME)) {
      answered = true;
      heldBack.setLength(0);
      listener.part(new ModelPart.Text(arguments));
      return;
    }
    flush();
    toolCalled = true;
    listener.part(new ModelPart.ToolCall(call.id(), call.name(), arguments));
  }

  private void flush() throws InterruptedException {
    if (!heldBack.isEmpty()) {
      listener.part(new ModelPart.Text(heldBack.toString()));
      heldBack.setLength(0);
    }
  }
}
