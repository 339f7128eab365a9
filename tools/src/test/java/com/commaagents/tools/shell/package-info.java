@NullMarked
package com.commaagents.tools.shell;

import org.jspecify.annotations.NullMarked;
