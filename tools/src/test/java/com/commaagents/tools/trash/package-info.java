@NullMarked
package com.commaagents.tools.trash;

import org.jspecify.annotations.NullMarked;
