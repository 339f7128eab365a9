/// Reading a shell command well enough to refuse the catastrophic ones.
@NullMarked
package com.commaagents.tools.shell;

import org.jspecify.annotations.NullMarked;
