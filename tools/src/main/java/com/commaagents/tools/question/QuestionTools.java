package com.commaagents.tools.question;

import com.commaagents.engine.model.ToolSpec;
import com.commaagents.tools.call.ActionTool;
import com.commaagents.tools.call.RunTools;
import com.commaagents.tools.call.Schema;
import com.commaagents.tools.call.ToolGroup;
import java.util.List;

/// `ask_question`: waits for a person's answer, without limit.
public final class QuestionTools implements ToolGroup {
  private static final int MAX_LENGTH = 20_000;
  private static final String NAME = "ask_question";

  private final ToolSpec spec =
      new ToolSpec(
          NAME,
          "Asks the user a question and waits for the answer, however long that takes. Use it when"
              + " you cannot go on without a decision or a fact that only the user has.",
          Schema.object()
              .required(
                  "question",
                  Schema.name("The question, complete in itself; at most 20000 characters.")
                      .put("maxLength", MAX_LENGTH))
              .build(),
          true);

  @Override
  public List<ToolSpec> specs() {
    return List.of(spec);
  }

  @Override
  public OpenTools open(RunTools run) {
    return OpenTools.of(
        List.of(
            new ActionTool(
                spec,
                (arguments, context) ->
                    run.scope()
                        .people()
                        .question(
                            context.agentName(),
                            context.path(),
                            NAME,
                            arguments.text("question")))));
  }
}
