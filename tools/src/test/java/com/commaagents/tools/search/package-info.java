@NullMarked
package com.commaagents.tools.search;

import org.jspecify.annotations.NullMarked;
