package com.commaagents.tools.file;

import com.commaagents.engine.model.ToolSpec;
import com.commaagents.tools.call.Schema;
import com.commaagents.tools.disk.Content;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What a model is told of the file tools. Nobody changes the schemas.
final class FileSpecs {
  static final int MAX_EDITS = 1000;
  private static final int MAX_LINE = Integer.MAX_VALUE;

  static final ToolSpec READ =
      new ToolSpec(
          "read_file",
          "Reads a text file, or some of its lines. The first line of the answer has its sha256,"
              + " which write_file and move_file want, its line count and newline style. Read before"
              + " you change a file. Shows 262144 bytes, or as many as maxBytes says, and tells how"
              + " to read on. Refuses files over 16 MiB: read a part of them with run_command.",
          Schema.object()
              .required("path", path())
              .optional("startLine", Schema.integer("First line, from 1.", 1, MAX_LINE))
              .optional("endLine", Schema.integer("Last line, included.", 1, MAX_LINE))
              .optional(
                  "maxBytes",
                  Schema.integer(
                      "Bytes of text at most; 262144 without it, 4194304 at most. More is cut and"
                          + " marked.",
                      1,
                      ReadFile.MOST_BYTES))
              .optional(
                  "allowBinary",
                  Schema.flag(
                      "Gives a binary file as base64 instead of refusing it; false without it."))
              .build(),
          true);

  static final ToolSpec CREATE =
      new ToolSpec(
          "create_file",
          "Creates a new file. Fails when it exists: then use edit_file or write_file. Fails when"
              + " its folder is missing: then set createParentDirectories.",
          Schema.object()
              .required("path", path())
              .required("content", content())
              .optional(
                  "createParentDirectories",
                  Schema.flag("Makes the folders that are missing; false without it."))
              .build(),
          false);

  static final ToolSpec WRITE =
      new ToolSpec(
          "write_file",
          "Replaces the whole content of a file that exists. Keeps its newline style and"
              + " permissions. Fails when the file is not as you read it any more: then read it"
              + " again. For small changes use edit_file, for new files create_file.",
          Schema.object()
              .required("path", path())
              .required("content", content())
              .required(
                  "expectedSha256",
                  Schema.hash("The sha256 that read_file showed; the file must still have it."))
              .build(),
          false);

  static final ToolSpec EDIT =
      new ToolSpec(
          "edit_file",
          "Replaces pieces of text in a file. Every oldText is looked for in the file as it is"
              + " before the call, exactly, with all its blanks; it must be there once, or as often"
              + " as expectedOccurrences says. Edits must not overlap. When one of them does not"
              + " fit, none is made: then read the file again and copy oldText from it.",
          Schema.object()
              .required("path", path())
              .required("edits", edits())
              .optional("expectedSha256", Schema.hash("The sha256 that read_file showed."))
              .build(),
          false);

  static final ToolSpec DELETE =
      new ToolSpec(
          "delete_file",
          "Deletes a file, not a folder. It goes to the trash, from which restore_file brings it"
              + " back, unless permanent is true. Fails when expectedSha256 is given and the file has"
              + " another: then read it again.",
          Schema.object()
              .required("path", path())
              .optional("expectedSha256", Schema.hash("The sha256 that read_file showed."))
              .optional(
                  "permanent",
                  Schema.flag("Deletes for good, without the trash; false without it."))
              .build(),
          false);

  static final ToolSpec MOVE =
      new ToolSpec(
          "move_file",
          "Moves or renames a file, not a folder. The folder it goes to must exist. Fails when there"
              + " is a file at toPath, unless overwrite is true, and when the file is not as you read"
              + " it any more: then read it again.",
          Schema.object()
              .required("fromPath", Schema.name("The file, absolute or from the workspace."))
              .required("toPath", Schema.name("Its new path, with the file name."))
              .required("expectedSha256", Schema.hash("The sha256 that read_file showed."))
              .optional(
                  "overwrite", Schema.flag("Replaces a file that is at toPath; false without it."))
              .build(),
          false);

  static final ToolSpec RESTORE =
      new ToolSpec(
          "restore_file",
          "Brings a deleted file back from the trash, with the folders it was in. Fails when there"
              + " is something in its place: then name another targetPath.",
          Schema.object()
              .required("trashedPath", Schema.name("The path that delete_file told."))
              .optional("targetPath", Schema.name("Where to; without it where the file was."))
              .build(),
          false);

  static final List<ToolSpec> ALL = List.of(READ, CREATE, WRITE, EDIT, DELETE, MOVE, RESTORE);

  private FileSpecs() {}

  private static ObjectNode path() {
    return Schema.name("The file, absolute or from the workspace.");
  }

  private static ObjectNode content() {
    return Schema.text("The whole content.").put("maxLength", Content.MAX_BYTES);
  }

  private static ObjectNode edits() {
    ObjectNode edit =
        (ObjectNode)
            Schema.object()
                .required("oldText", Schema.name("The text to replace, exactly as it is."))
                .required("newText", Schema.text("What stands there afterwards."))
                .optional(
                    "expectedOccurrences",
                    Schema.integer(
                        "How often oldText must be there; 1 without it, 100000 at most.",
                        1,
                        100_000))
                .build();
    return Schema.list(
            "The edits, all against the file as it is now; at most 1000.", edit, MAX_EDITS)
        .put("minItems", 1);
  }
}
