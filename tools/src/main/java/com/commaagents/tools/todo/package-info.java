/// The to-do list of a run.
@NullMarked
package com.commaagents.tools.todo;

import org.jspecify.annotations.NullMarked;
