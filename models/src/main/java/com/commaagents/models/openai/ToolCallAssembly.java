package com.commaagents.models.openai;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.json.Json;
import com.commaagents.engine.model.Model.PartListener;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.models.http.ProviderErrors;
import com.commaagents.models.wire.ContentBlocks;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// Puts tool calls together out of their pieces and hands each over when it is complete: when a
/// later one begins, or the answer ends.
///
/// Pieces belong together by `index`. Two habits of compatible servers are met: without an index, a
/// piece with a new id begins a call; with one and the same index for all, a different id does.
///
/// Limits: [#MAX_CALLS] calls with [ContentBlocks#MAX_ARGUMENT_CHARACTERS] of arguments in all; an
/// answer beyond is refused. Not thread-safe.
final class ToolCallAssembly {
  static final int MAX_CALLS = 1_000;

  private final ProviderErrors errors;
  private final IdGenerator ids;
  private final PartListener listener;

  private final NavigableMap<Integer, Pending> pending = new TreeMap<>();
  private final List<Pending> displaced = new ArrayList<>();
  private int begun;
  private int lastIndex = -1;
  private int argumentCharacters;

  private static final class Pending {
    private final String id;
    private String name = "";
    private final StringBuilder arguments = new StringBuilder();

    Pending(String id) {
      this.id = id;
    }
  }

  ToolCallAssembly(ProviderErrors errors, IdGenerator ids, PartListener listener) {
    this.errors = errors;
    this.ids = ids;
    this.listener = listener;
  }

  boolean any() {
    return begun > 0;
  }

  void add(JsonNode pieces) throws ModelFailure, InterruptedException {
    for (JsonNode piece : pieces) {
      Pending call = callOf(piece);
      JsonNode function = piece.path("function");
      if (call.name.isEmpty()) {
        call.name = Json.text(function, "name").orElse("");
      }
      JsonNode arguments = function.path("arguments");
      // Some servers send the arguments as an object instead of its text.
      String text =
          arguments.isString()
              ? arguments.stringValue()
              : arguments.isObject() ? Json.write(arguments) : "";
      argumentCharacters += text.length();
      if (argumentCharacters > ContentBlocks.MAX_ARGUMENT_CHARACTERS) {
        throw errors.unusable(
            "its tool arguments have more than "
                + ContentBlocks.MAX_ARGUMENT_CHARACTERS
                + " characters");
      }
      call.arguments.append(text);
    }
    handOverBefore(lastIndex);
  }

  /// Hands over what is left: the answer has ended.
  void end() throws InterruptedException {
    handOverBefore(Integer.MAX_VALUE);
  }

  private Pending callOf(JsonNode piece) throws ModelFailure {
    String id = Json.text(piece, "id").orElse("");
    Pending last = pending.get(lastIndex);
    boolean goesOn = last != null && (id.isEmpty() || id.equals(last.id));
    int index = Json.integer(piece, "index").orElse(goesOn ? lastIndex : lastIndex + 1);
    Pending known = pending.get(index);
    if (known != null && (id.isEmpty() || id.equals(known.id))) {
      lastIndex = Math.max(lastIndex, index);
      return known;
    }
    if (known != null) {
      displaced.add(known);
    } else if (index < lastIndex) {
      throw errors.unusable("a tool call goes on after a later one began");
    }
    return begin(index, id);
  }

  private Pending begin(int index, String id) throws ModelFailure {
    begun++;
    if (begun > MAX_CALLS) {
      throw errors.unusable("it calls more than " + MAX_CALLS + " tools at once");
    }
    Pending call = new Pending(id.isEmpty() ? "call_" + ids.next() : id);
    pending.put(index, call);
    lastIndex = Math.max(lastIndex, index);
    return call;
  }

  private void handOverBefore(int index) throws InterruptedException {
    for (Pending call : displaced) {
      handOver(call);
    }
    displaced.clear();
    for (var first = pending.firstEntry();
        first != null && first.getKey() < index;
        first = pending.firstEntry()) {
      pending.remove(first.getKey());
      handOver(first.getValue());
    }
  }

  // A tool without parameters is often called with no arguments at all.
  private void handOver(Pending call) throws InterruptedException {
    String arguments = call.arguments.isEmpty() ? "{}" : call.arguments.toString();
    listener.part(new ModelPart.ToolCall(call.id, call.name, arguments));
  }
}
