package com.commaagents.tools.call;

import com.commaagents.engine.model.ToolSpec;
import com.commaagents.engine.tool.Tool;
import com.commaagents.engine.tool.ToolCallContext;
import com.commaagents.tools.failure.Printable;
import com.commaagents.tools.failure.ToolError;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import tools.jackson.databind.JsonNode;

/// An action with its description; tells the model of failures as text.
public record ActionTool(ToolSpec spec, Action action) implements Tool {
  @Override
  public String call(JsonNode arguments, ToolCallContext context) throws InterruptedException {
    Arguments given = new Arguments(arguments);
    try {
      return action.run(given, context);
    } catch (ToolError error) {
      return error.text();
    } catch (ClosedByInterruptException stopped) {
      throw Interruption.of(stopped);
    } catch (IOException failed) {
      String path = given.optionalText("path").or(() -> given.optionalText("root")).orElse(".");
      return IoErrors.of(failed, Printable.name(path)).text();
    }
  }
}
