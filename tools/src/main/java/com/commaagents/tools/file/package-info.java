/// The tools that read and change single files.
@NullMarked
package com.commaagents.tools.file;

import org.jspecify.annotations.NullMarked;
