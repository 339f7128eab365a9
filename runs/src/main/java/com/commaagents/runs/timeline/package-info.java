/// What is kept of a run: the events of its timeline, their JSON lines, and the conversation
/// rebuilt from them.
@NullMarked
package com.commaagents.runs.timeline;

import org.jspecify.annotations.NullMarked;
