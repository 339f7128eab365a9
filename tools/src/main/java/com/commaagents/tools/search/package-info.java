/// The tools that find files and text.
@NullMarked
package com.commaagents.tools.search;

import org.jspecify.annotations.NullMarked;
