package com.commaagents.models.wire;

import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Part;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A conversation for APIs that want their roles to alternate: what follows each other in one role
/// becomes one message, and results of tools are the user's.
public final class Alternation {
  /// Said in place of nothing where the API takes no empty message.
  public static final String NOTHING_SAID = "(no message)";

  private static final String USER = "user";

  /// How one API writes messages.
  public interface Shape {
    String assistantRole();

    /// The field of a message that holds its blocks.
    String contentField();

    /// The block of a part; empty for what is not sent.
    Optional<ObjectNode> block(Part part);

    ObjectNode text(String text);
  }

  private Alternation() {}

  public static ArrayNode of(Iterable<Message> messages, Shape shape) {
    ArrayNode result = Json.array();
    for (Message message : messages) {
      ArrayNode blocks = Json.array();
      message.content().asParts().forEach(part -> shape.block(part).ifPresent(blocks::add));
      boolean fromUser =
          switch (message) {
            case Message.User _, Message.Tool _ -> true;
            case Message.Assistant _ -> false;
          };
      if (fromUser || !blocks.isEmpty()) {
        content(result, fromUser ? USER : shape.assistantRole(), shape).addAll(blocks);
      }
    }
    for (JsonNode message : result) {
      if (message.path(shape.contentField()) instanceof ArrayNode content && content.isEmpty()) {
        content.add(shape.text(NOTHING_SAID));
      }
    }
    return result;
  }

  // The last message's content when it is of this role; else that of a new message.
  private static ArrayNode content(ArrayNode messages, String role, Shape shape) {
    JsonNode last = messages.path(messages.size() - 1);
    return last.path("role").stringValue("").equals(role)
        ? (ArrayNode) last.path(shape.contentField())
        : messages.addObject().put("role", role).putArray(shape.contentField());
  }
}
