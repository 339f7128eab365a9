package com.commaagents.engine.tool;

import com.commaagents.base.id.RunId;
import com.commaagents.engine.event.Journal;
import com.commaagents.engine.people.People;
import java.nio.file.Path;

/// What the tools of one run work with.
///
/// @param workingDirectory absolute; the root of what the run may touch
/// @param people who is asked for permissions and answers
/// @param journal takes mutations and policy changes
public record ToolScope(RunId runId, Path workingDirectory, People people, Journal journal) {}
