@NullMarked
package com.commaagents.tools.pattern;

import org.jspecify.annotations.NullMarked;
