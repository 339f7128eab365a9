package com.commaagents.mcp.connection;

import com.commaagents.base.json.Json;
import io.modelcontextprotocol.spec.McpSchema.AudioContent;
import io.modelcontextprotocol.spec.McpSchema.BlobResourceContents;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Content;
import io.modelcontextprotocol.spec.McpSchema.EmbeddedResource;
import io.modelcontextprotocol.spec.McpSchema.ImageContent;
import io.modelcontextprotocol.spec.McpSchema.ResourceContents;
import io.modelcontextprotocol.spec.McpSchema.ResourceLink;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a model is told of the result of a call.
///
/// Limit: past [#MAX_CHARACTERS] the text is cut and says so.
final class ResultText {
  static final int MAX_CHARACTERS = 400_000;

  private ResultText() {}

  static String of(CallToolResult result) {
    List<String> parts = new ArrayList<>();
    if (Boolean.TRUE.equals(result.isError())) {
      parts.add("The tool reports an error:");
    }
    List<Content> contents = result.content() == null ? List.of() : result.content();
    contents.forEach(content -> parts.add(text(content)));
    // By the protocol the same is in a text part, which is what a model then has already.
    if (contents.isEmpty() && result.structuredContent() != null) {
      parts.add(Json.write(Json.mapper().valueToTree(result.structuredContent())));
    }
    String all = String.join("\n", parts);
    return all.isEmpty() ? "(no output)" : cut(all);
  }

  private static String text(@Nullable Content content) {
    return switch (content) {
      case null -> "[content of a kind that is not known here is left out]";
      case TextContent text -> text.text();
      case ImageContent image -> binary("image", image.mimeType(), image.data());
      case AudioContent audio -> binary("audio", audio.mimeType(), audio.data());
      case EmbeddedResource embedded -> resource(embedded.resource());
      case ResourceLink link -> "[resource " + link.uri() + ", " + link.name() + "]";
      default -> "[content of type " + content.type() + " is left out]";
    };
  }

  private static String resource(ResourceContents resource) {
    return switch (resource) {
      case TextResourceContents text -> "[resource " + text.uri() + "]\n" + text.text();
      case BlobResourceContents blob ->
          "[resource " + blob.uri() + "] " + binary("data", blob.mimeType(), blob.blob());
      default -> "[resource " + resource.uri() + "]";
    };
  }

  private static String binary(String what, String type, String base64) {
    int size = base64 == null ? 0 : base64.length() / 4 * 3;
    return "[" + what + " of type " + type + ", some " + size + " bytes, is left out]";
  }

  private static String cut(String text) {
    if (text.length() <= MAX_CHARACTERS) {
      return text;
    }
    int end = MAX_CHARACTERS - (Character.isHighSurrogate(text.charAt(MAX_CHARACTERS - 1)) ? 1 : 0);
    return text.substring(0, end)
        + "\n[cut: the result has "
        + text.length()
        + " characters; ask the tool for less]";
  }
}
