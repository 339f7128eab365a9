package com.commaagents.engine.agent;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
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

/// Makes an agent's system prompt: a text, or a file beside the strategy.
///
/// Limits: a file of [#MAX_BYTES]; a longer one is refused.
public final class SystemPrompts {
  public static final int MAX_BYTES = 1 << 20;

  private SystemPrompts() {}

  /// The prompt of one agent; empty when there is nothing to say.
  ///
  /// @param strategyFile what a prompt file's name is relative to
  /// @throws Fault `INVALID_INPUT` when the file cannot be read, with agent and path; `UNSUPPORTED`
  ///   for a template
  public static Optional<String> resolve(String agentName, SystemPrompt prompt, Path strategyFile) {
    return switch (prompt) {
      case SystemPrompt.None() -> Optional.empty();
      case SystemPrompt.Text(var text) ->
          Optional.of(isFileName(text) ? read(agentName, text, strategyFile) : text)
              .filter(said -> !said.isBlank());
      case SystemPrompt.Template _ ->
          throw new Fault(
              FaultCode.UNSUPPORTED,
              "Agent \""
                  + agentName
                  + "\": systemPromptTemplate is not supported yet; use systemPrompt");
    };
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
