package com.commaagents.engine.agent;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.engine.template.Templates;
import com.commaagents.engine.template.Templates.TemplateException;
import com.commaagents.strategy.definition.AgentDefinition.SystemPrompt;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// Makes an agent's system prompt: a text, a template, or a file beside the strategy with either.
///
/// Limits: a file of [#MAX_BYTES]; a longer one is refused.
public final class SystemPrompts {
  public static final int MAX_BYTES = 1 << 20;

  private SystemPrompts() {}

  /// The prompt of one agent; empty when there is nothing to say.
  ///
  /// @param strategyFile what a prompt file's name is relative to
  /// @throws Fault `INVALID_INPUT` when the file cannot be read, with agent and path, or the
  ///   template cannot be rendered
  public static Optional<String> resolve(
      String agentName, SystemPrompt prompt, Path strategyFile, Templates templates) {
    return switch (prompt) {
      case SystemPrompt.None() -> Optional.empty();
      case SystemPrompt.Text(var text) ->
          Optional.of(content(agentName, text, strategyFile)).filter(said -> !said.isBlank());
      case SystemPrompt.Template(var template, var variables) -> {
        String text = content(agentName, template, strategyFile);
        try {
          yield Optional.of(templates.render(text, variables, strategyFile))
              .filter(said -> !said.isBlank());
        } catch (TemplateException failed) {
          throw new Fault(
              FaultCode.INVALID_INPUT,
              "Agent \"" + agentName + "\": systemPromptTemplate: " + failed.getMessage() + ".",
              failed);
        }
      }
    };
  }

  private static String content(String agentName, String text, Path strategyFile) {
    return isFileName(text) ? read(agentName, text, strategyFile) : text;
  }

  // A text of several lines that happens to end in `.md` is a text.
  private static boolean isFileName(String text) {
    return (text.endsWith(".md") || text.endsWith(".txt")) && text.indexOf('\n') < 0;
  }

  private static String read(String agentName, String name, Path strategyFile) {
    try {
      Path file = strategyFile.resolveSibling(name);
      try (InputStream in = Files.newInputStream(file)) {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
          throw unreadable(agentName, name, "it is larger than " + MAX_BYTES + " bytes");
        }
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      }
    } catch (NoSuchFileException missing) {
      throw unreadable(agentName, name, "there is no such file beside " + strategyFile);
    } catch (CharacterCodingException notText) {
      throw unreadable(agentName, name, "it is not UTF-8 text");
    } catch (IOException | InvalidPathException unreadable) {
      throw unreadable(agentName, name, String.valueOf(unreadable.getMessage()));
    }
  }

  private static Fault unreadable(String agentName, String name, String why) {
    return new Fault(
        FaultCode.INVALID_INPUT,
        "Agent \"" + agentName + "\": the system prompt file " + name + " cannot be read: " + why);
  }
}
