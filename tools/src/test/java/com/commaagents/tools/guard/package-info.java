@NullMarked
package com.commaagents.tools.guard;

import org.jspecify.annotations.NullMarked;
