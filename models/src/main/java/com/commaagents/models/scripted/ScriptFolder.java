package com.commaagents.models.scripted;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.time.Clock;
import com.commaagents.engine.model.ModelInfo;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// Finds the scripts beside strategy files. Thread-safe.
///
/// A script is read anew whenever a model is asked for. Limit: [#MAX_BYTES]; a larger one is
/// refused.
public final class ScriptFolder {
  public static final int MAX_BYTES = 1 << 20;

  static final String EXAMPLE = "  writer:\n    - \"Hello from the script.\"";

  private static final String SUFFIX = ".script.yaml";

  // INVARIANT: a name never leads out of the strategy's folder.
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");

  private final Clock clock;
  private final String otherModels;

  /// @param clock waits where a script has delays
  /// @param otherModels a sentence that says what would make a real model usable
  public ScriptFolder(Clock clock, String otherModels) {
    this.clock = clock;
    this.otherModels = otherModels;
  }

  /// The model that answers from a script.
  ///
  /// @param name `default`, or what stands before `.script.yaml`
  /// @throws Fault `NOT_FOUND` when there is no such file, with which one is expected;
  ///   `INVALID_INPUT` when the name or the script is malformed; `LIMIT_EXCEEDED` when it is too
  ///   large; `PERSISTENCE` when it cannot be read
  public ScriptedModel model(ModelInfo info, String name, Path strategyFile) {
    if (!NAME.matcher(name).matches()) {
      throw new Fault(
          FaultCode.INVALID_INPUT,
          "scripted/"
              + name
              + " names no script: use scripted/default, or scripted/NAME for NAME"
              + SUFFIX
              + " beside the strategy file");
    }
    Path file =
        strategyFile.resolveSibling(
            (name.equals("default") ? baseName(strategyFile) : name) + SUFFIX);
    Script script = new ScriptReader(file).read(text(file, info.name()));
    return new ScriptedModel(info, file, script, clock);
  }

  private static String baseName(Path strategyFile) {
    String name = String.valueOf(strategyFile.getFileName());
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? name : name.substring(0, dot);
  }

  private String text(Path file, String model) {
    if (Files.notExists(file)) {
      throw missing(file, model);
    }
    try (InputStream in = new FileInputStream(file.toFile())) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new Fault(FaultCode.LIMIT_EXCEEDED, file + " is larger than " + MAX_BYTES + " bytes");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notText) {
      throw new Fault(FaultCode.INVALID_INPUT, file + " is not UTF-8 text");
    } catch (IOException cause) {
      throw new Fault(FaultCode.PERSISTENCE, "cannot read " + file, cause);
    }
  }

  private Fault missing(Path file, String model) {
    return new Fault(
        FaultCode.NOT_FOUND,
        "the model "
            + model
            + " answers from a script, and there is none: write "
            + file
            + ", for example\n"
            + EXAMPLE
            + "\nwith the name of your agent. "
            + otherModels);
  }
}
