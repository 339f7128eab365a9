/// The run system inside a program of one's own, without daemon and command line.
@NullMarked
package com.commaagents.examples.embedding;

import org.jspecify.annotations.NullMarked;
