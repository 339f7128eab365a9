package com.commaagents.tools.file;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.engine.model.ToolSpec;
import com.commaagents.tools.call.ActionTool;
import com.commaagents.tools.call.RunTools;
import com.commaagents.tools.call.ToolGroup;
import com.commaagents.tools.disk.AtomicFile;
import com.commaagents.tools.disk.FileLocks;
import com.commaagents.tools.trash.Trash;
import java.util.List;

/// `read_file`, `create_file`, `write_file`, `edit_file`, `delete_file`, `move_file`,
/// `restore_file`.
public final class FileTools implements ToolGroup {
  // Shared by all runs: two runs may work in one folder.
  private final FileLocks locks = new FileLocks();
  private final AtomicFile files;
  private final Trash trash;

  public FileTools(IdGenerator ids, Trash trash) {
    this.trash = trash;
    files = new AtomicFile(ids);
  }

  @Override
  public List<ToolSpec> specs() {
    return FileSpecs.ALL;
  }

  @Override
  public OpenTools open(RunTools run) {
    Mutations mutations = new Mutations(locks, run.scope().journal());
    TrashActions trashActions = new TrashActions(run, mutations, trash);
    return OpenTools.of(
        List.of(
            new ActionTool(FileSpecs.READ, new ReadFile(run.guard(FileSpecs.READ.name()))),
            new ActionTool(
                FileSpecs.CREATE,
                new CreateFile(run.guard(FileSpecs.CREATE.name()), mutations, files)),
            new ActionTool(
                FileSpecs.WRITE,
                new WriteFile(run.guard(FileSpecs.WRITE.name()), mutations, files)),
            new ActionTool(
                FileSpecs.EDIT, new EditFile(run.guard(FileSpecs.EDIT.name()), mutations, files)),
            new ActionTool(FileSpecs.DELETE, trashActions::delete),
            new ActionTool(
                FileSpecs.MOVE, new MoveFile(run.guard(FileSpecs.MOVE.name()), mutations, files)),
            new ActionTool(FileSpecs.RESTORE, trashActions::restore)));
  }
}
