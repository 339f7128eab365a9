package com.commaagents.tools.todo;

import com.commaagents.tools.failure.ErrorKind;
import com.commaagents.tools.failure.Printable;
import com.commaagents.tools.failure.ToolError;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the agents of a run mean to do. Thread-safe.
///
/// Limits: [#MAX_ITEMS] items; further ones are refused with advice.
final class TodoList {
  static final int MAX_ITEMS = 1000;
  static final int MAX_CONTENT_LENGTH = 10_000;
  private static final String EMPTY = "[No todo items]";

  private final Map<String, Item> items = new LinkedHashMap<>();
  private int lastId;

  private record Item(String id, String content, boolean done) {
    String line() {
      return "[" + (done ? "x" : " ") + "] " + id + ": " + Printable.name(content);
    }
  }

  synchronized String add(String content) throws ToolError {
    if (items.size() >= MAX_ITEMS) {
      throw new ToolError(
          ErrorKind.UNKNOWN,
          "The list holds " + MAX_ITEMS + " to-dos, which is all it takes",
          "take finished ones off with todo_remove, or todo_clear.");
    }
    String id = String.valueOf(++lastId);
    items.put(id, new Item(id, content, false));
    return "Added to-do " + id + ": " + content;
  }

  synchronized String complete(String id) throws ToolError {
    Item item = find(id);
    items.put(id, new Item(id, item.content(), true));
    return "Done: " + item.content();
  }

  synchronized String remove(String id) throws ToolError {
    Item item = find(id);
    items.remove(id);
    return "Removed: " + item.content();
  }

  private Item find(String id) throws ToolError {
    Item item = items.get(id);
    if (item == null) {
      throw new ToolError(
          ErrorKind.NOT_FOUND,
          "There is no to-do " + Printable.name(id),
          "look up the ids with todo_get.");
    }
    return item;
  }

  synchronized String show() {
    return items.isEmpty()
        ? EMPTY
        : String.join("\n", items.values().stream().map(Item::line).toList());
  }

  synchronized String next() {
    return items.values().stream()
        .filter(item -> !item.done())
        .findFirst()
        .map(Item::line)
        .orElse(items.isEmpty() ? EMPTY : "[All todo items are done]");
  }

  synchronized String clear() {
    int count = items.size();
    items.clear();
    return "Cleared " + count + " to-dos";
  }
}
