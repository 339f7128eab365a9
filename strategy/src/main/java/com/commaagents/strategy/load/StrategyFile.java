package com.commaagents.strategy.load;

import com.commaagents.base.fault.FaultCode;
import com.commaagents.strategy.load.LoadResult.Rejected;
import com.commaagents.strategy.source.ReadResult;
import com.commaagents.strategy.source.SourceFormat;
import com.commaagents.strategy.source.SourceReader;
import com.commaagents.strategy.wording.NearNames;
import com.commaagents.strategy.wording.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The text of a strategy file, read, or why there is none.
sealed interface StrategyFile {
  String USABLE = "Use .json, .jsonc, .yaml, or .yml.";

  /// How many files of a folder are looked at for one of a similar name.
  int MAX_NEIGHBOURS = 200;

  record Content(ReadResult result, SourceFormat format) implements StrategyFile {}

  record Absent(Rejected reason) implements StrategyFile {}

  /// At most one byte more than [SourceReader#MAX_BYTES] is read. Only regular files are opened: a
  /// pipe would block.
  static StrategyFile read(Path file) {
    Optional<SourceFormat> format = SourceFormat.of(file);
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (attributes.isDirectory()) {
        return absent(
            file, "Strategy path is a folder: " + Shown.path(file) + ". Name a file in it.");
      }
      if (format.isEmpty()) {
        return absent(file, unsupported(file));
      }
      if (!attributes.isRegularFile()) {
        return absent(file, "Strategy path is not a regular file: " + Shown.path(file));
      }
      try (InputStream content = Files.newInputStream(file)) {
        byte[] bytes = content.readNBytes(SourceReader.MAX_BYTES + 1);
        return new Content(SourceReader.read(bytes, format.get()), format.get());
      }
    } catch (NoSuchFileException missing) {
      return format.isEmpty() ? absent(file, unsupported(file)) : missing(file);
    } catch (AccessDeniedException denied) {
      return absent(
          file, "Strategy file cannot be read: " + Shown.path(file) + ". Check its permissions.");
    } catch (IOException broken) {
      return absent(
          FaultCode.PERSISTENCE, file, "Strategy file cannot be read: " + Shown.path(file));
    }
  }

  private static StrategyFile missing(Path file) {
    return absent(
        FaultCode.NOT_FOUND,
        file,
        "Strategy file not found: " + Shown.path(file) + " (" + hint(file) + ")");
  }

  private static String hint(Path file) {
    Path folder = file.resolveSibling("");
    if (!Files.isDirectory(folder.toAbsolutePath())) {
      return "its folder does not exist either; check the path";
    }
    return NearNames.nearest(String.valueOf(file.getFileName()), neighbours(folder))
        .map(near -> "did you mean " + Shown.quoted(near) + "?")
        .orElse("its folder exists; check the name");
  }

  private static List<String> neighbours(Path folder) {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, file -> SourceFormat.of(file).isPresent())) {
      for (Path file : files) {
        names.add(String.valueOf(file.getFileName()));
        if (names.size() == MAX_NEIGHBOURS) {
          break;
        }
      }
    } catch (IOException | DirectoryIteratorException unreadable) {
      return List.of();
    }
    return names;
  }

  private static String unsupported(Path file) {
    String extension = SourceFormat.extension(file);
    String shown = extension.isEmpty() ? Shown.path(file) : Shown.bare(extension);
    return "Unsupported strategy file extension: " + shown + ". " + USABLE;
  }

  private static StrategyFile absent(Path file, String reason) {
    return absent(FaultCode.INVALID_INPUT, file, reason);
  }

  private static StrategyFile absent(FaultCode code, Path file, String reason) {
    return new Absent(new Rejected(file, code, reason, List.of(), 0));
  }
}
