package com.commaagents.runs.resume;

import com.commaagents.engine.conversation.ContextUsage;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.model.Model;
import com.commaagents.engine.model.ModelInfo;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.engine.model.ModelPrice;
import com.commaagents.engine.model.ModelRegistry;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.engine.model.ModelScope;
import com.commaagents.engine.model.TurnEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/// Models whose answers follow from what they are sent alone: `team/say` says its own name around
/// what it heard; `team/work` first calls two tools, then launches a strategy, then says what all
/// three gave back; `team/tool` calls the safe tool and says what it gave back.
final class TeamModels implements ModelRegistry {
  private static final ModelPrice SAYING =
      ModelPrice.of("1", "3").withLongInput(5, ModelPrice.of("2", "5"));
  private static final ModelPrice WORKING = ModelPrice.of("7", "11");

  /// How many round-trips were made.
  final AtomicInteger roundTrips = new AtomicInteger();

  @Override
  public Model model(String name, ModelScope scope) {
    return new TeamModel(info(name));
  }

  @Override
  public ModelInfo info(String name) {
    return new ModelInfo(name, OptionalLong.empty(), OptionalLong.empty())
        .withPrice(name.equals("team/say") ? SAYING : WORKING);
  }

  private final class TeamModel implements Model {
    private final ModelInfo info;

    TeamModel(ModelInfo info) {
      this.info = info;
    }

    @Override
    public ModelInfo info() {
      return info;
    }

    @Override
    public TurnEnd generate(ModelRequest request, PartListener listener)
        throws InterruptedException {
      roundTrips.incrementAndGet();
      List<Message> said = request.messages();
      int last = said.size() - 1;
      while (!(said.get(last) instanceof Message.User)) {
        last--;
      }
      List<String> results = results(said.subList(last, said.size()));
      List<ModelPart.ToolCall> calls = calls(results.size());
      if (!calls.isEmpty()) {
        for (ModelPart.ToolCall call : calls) {
          listener.part(call);
        }
        return end(FinishReason.TOOL_CALLS, 7 + results.size());
      }
      String heard = said.get(last).content().text();
      listener.part(
          new ModelPart.Text(
              request.agentName()
                  + "("
                  + heard
                  + (results.isEmpty() ? "" : " | " + String.join(" | ", results))
                  + ")"));
      return end(FinishReason.STOP, 3 + last);
    }

    private List<ModelPart.ToolCall> calls(int results) {
      return switch (info.name()) {
        case "team/work" ->
            switch (results) {
              case 0 -> List.of(call("c1", "safe", "{}"), call("c2", "unsafe", "{}"));
              case 2 -> List.of(call("c1", "launch_strategy", LAUNCH));
              default -> List.of();
            };
        case "team/tool" -> results == 0 ? List.of(call("c1", "safe", "{}")) : List.of();
        default -> List.of();
      };
    }

    private static final String LAUNCH = "{\"name\":\"inner\",\"input\":\"dig\"}";

    private static ModelPart.ToolCall call(String id, String tool, String arguments) {
      return new ModelPart.ToolCall(id, tool, arguments);
    }

    private static List<String> results(List<Message> messages) {
      List<String> results = new ArrayList<>();
      for (Message message : messages) {
        for (Part part : message.content().asParts()) {
          if (part instanceof Part.ToolResult result) {
            results.add(result.output().asString());
          }
        }
      }
      return results;
    }

    private static TurnEnd end(FinishReason reason, int tokens) {
      return new TurnEnd(
          reason,
          new Usage(tokens, 1),
          Optional.of(
              ContextUsage.reported(
                  tokens, 1, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty())));
    }
  }
}
