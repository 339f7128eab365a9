package com.commaagents.tools.todo;

import com.commaagents.engine.model.ToolSpec;
import com.commaagents.tools.call.Action;
import com.commaagents.tools.call.ActionTool;
import com.commaagents.tools.call.RunTools;
import com.commaagents.tools.call.Schema;
import com.commaagents.tools.call.ToolGroup;
import com.commaagents.tools.failure.ToolError;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// `todo_add`, `todo_complete`, `todo_remove`, `todo_get`, `todo_get_next`, `todo_clear`: one list
/// for all agents of a run.
public final class TodoTools implements ToolGroup {
  private final JsonNode id =
      Schema.object()
          .required("id", Schema.name("The id of the to-do, as todo_get shows it."))
          .build();

  private final ToolSpec add =
      new ToolSpec(
          "todo_add",
          "Adds a to-do to the list of this run, which takes 1000. Use it to plan work of several"
              + " steps.",
          Schema.object()
              .required(
                  "content",
                  Schema.name("What is to be done; at most 10000 characters.")
                      .put("maxLength", TodoList.MAX_CONTENT_LENGTH))
              .build(),
          false);
  private final ToolSpec complete =
      new ToolSpec(
          "todo_complete",
          "Marks a to-do as done. When it does not know the id, look with todo_get.",
          id,
          true);
  private final ToolSpec remove =
      new ToolSpec(
          "todo_remove",
          "Takes a to-do off the list. When it does not know the id, look with todo_get.",
          id,
          true);
  private final ToolSpec get =
      new ToolSpec(
          "todo_get",
          "Shows the to-do list of this run, with the ids.",
          Schema.object().build(),
          true);
  private final ToolSpec getNext =
      new ToolSpec(
          "todo_get_next",
          "Shows the first to-do that is not done, with its id.",
          Schema.object().build(),
          true);
  private final ToolSpec clear =
      new ToolSpec(
          "todo_clear", "Empties the to-do list of this run.", Schema.object().build(), true);

  @Override
  public List<ToolSpec> specs() {
    return List.of(add, complete, remove, get, getNext, clear);
  }

  @Override
  public OpenTools open(RunTools run) {
    TodoList list = new TodoList();
    return OpenTools.of(
        List.of(
            new ActionTool(add, (arguments, _) -> list.add(arguments.text("content"))),
            new ActionTool(complete, withId(list::complete)),
            new ActionTool(remove, withId(list::remove)),
            new ActionTool(get, (_, _) -> list.show()),
            new ActionTool(getNext, (_, _) -> list.next()),
            new ActionTool(clear, (_, _) -> list.clear())));
  }

  private interface Change {
    String of(String id) throws ToolError;
  }

  private static Action withId(Change change) {
    return (arguments, _) -> change.of(arguments.text("id"));
  }
}
