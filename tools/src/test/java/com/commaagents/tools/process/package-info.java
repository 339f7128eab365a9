@NullMarked
package com.commaagents.tools.process;

import org.jspecify.annotations.NullMarked;
