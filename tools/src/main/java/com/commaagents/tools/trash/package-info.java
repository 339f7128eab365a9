/// Deleted files that can be brought back.
@NullMarked
package com.commaagents.tools.trash;

import org.jspecify.annotations.NullMarked;
