@NullMarked
package com.commaagents.tools.disk;

import org.jspecify.annotations.NullMarked;
