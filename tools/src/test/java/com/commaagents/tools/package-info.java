/// Tests of the tools through the port, with a scripted person and a journal that remembers.
@NullMarked
package com.commaagents.tools;

import org.jspecify.annotations.NullMarked;
