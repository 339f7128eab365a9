@NullMarked
package com.commaagents.tools.command;

import org.jspecify.annotations.NullMarked;
