/// The tool that runs a shell command.
@NullMarked
package com.commaagents.tools.command;

import org.jspecify.annotations.NullMarked;
