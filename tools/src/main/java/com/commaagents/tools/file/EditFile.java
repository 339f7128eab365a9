package com.commaagents.tools.file;

import com.commaagents.engine.event.EngineEvent.MutationKind;
import com.commaagents.engine.tool.ToolCallContext;
import com.commaagents.tools.call.Action;
import com.commaagents.tools.call.Arguments;
import com.commaagents.tools.disk.AtomicFile;
import com.commaagents.tools.disk.Content;
import com.commaagents.tools.disk.Diff;
import com.commaagents.tools.disk.Directory;
import com.commaagents.tools.disk.Sha256;
import com.commaagents.tools.disk.TextFile;
import com.commaagents.tools.failure.ErrorKind;
import com.commaagents.tools.failure.ToolError;
import com.commaagents.tools.file.Mutations.Done;
import com.commaagents.tools.file.Mutations.Subject;
import com.commaagents.tools.guard.Guard;
import com.commaagents.tools.guard.Resolved;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Replaces pieces of a file's text.
final class EditFile implements Action {
  private static final String NAME = "edit_file";

  private final Guard guard;
  private final Mutations mutations;
  private final AtomicFile files;

  EditFile(Guard guard, Mutations mutations, AtomicFile files) {
    this.guard = guard;
    this.mutations = mutations;
    this.files = files;
  }

  @Override
  public String run(Arguments arguments, ToolCallContext context)
      throws ToolError, InterruptedException {
    Resolved file =
        mutations.admit(MutationKind.UPDATE, NAME, guard, arguments.text("path"), context);
    return mutations.make(
        new Subject(MutationKind.UPDATE, NAME, file, Optional.empty()),
        context,
        () -> edit(file, arguments));
  }

  private Done edit(Resolved file, Arguments arguments) throws ToolError, IOException {
    try (Directory directory = Directory.open(file.folder())) {
      Content old = Content.read(directory, file.name());
      String before = old.sha256();
      Expected.hash(file, arguments.optionalText("expectedSha256"), before);
      TextFile text = TextFile.decode(old.bytes()).orElseThrow(() -> binary(file));
      List<TextEdits.Edit> edits =
          arguments.objects("edits").stream()
              .map(edit ->
                  new TextEdits.Edit(
                      text.adapt(edit.text("oldText")),
                      text.adapt(edit.text("newText")),
                      edit.integer("expectedOccurrences", 1)))
              .toList();
      TextEdits.Result result = TextEdits.apply(text.text(), edits, file.shown());
      byte[] content = text.encode(result.text());
      String after = Sha256.of(content);
      if (after.equals(before)) {
        return done(
            "The edits change nothing in %s (%d replacements, %d bytes, sha256 %s)",
            file, result, content, before, after, Optional.empty());
      }
      Expected.unchanged(directory, file.name(), old.facts(), file);
      files.replace(directory, file.name(), content, old.facts());
      return done(
          "Edited %s (%d replacements, %d bytes, sha256 %s)",
          file,
          result,
          content,
          before,
          after,
          Diff.of(file.name().toString(), old.bytes(), content));
    }
  }

  private static Done done(
      String format,
      Resolved file,
      TextEdits.Result result,
      byte[] content,
      String before,
      String after,
      Optional<String> diff) {
    return new Done(
        format.formatted(file.shown(), result.replacements(), content.length, after),
        Optional.of(before),
        Optional.of(after),
        diff);
  }

  private static ToolError binary(Resolved file) {
    return new ToolError(
        ErrorKind.BINARY_FILE,
        file.shown() + " is binary or not UTF-8; editing it as text would damage it",
        "change it with a program of its own through run_command.");
  }
}
