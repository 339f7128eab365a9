@NullMarked
package com.commaagents.tools.file;

import org.jspecify.annotations.NullMarked;
