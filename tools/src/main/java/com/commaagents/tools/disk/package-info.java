/// Files opened without following links, changed atomically, and described: text, hash, diff.
@NullMarked
package com.commaagents.tools.disk;

import org.jspecify.annotations.NullMarked;
