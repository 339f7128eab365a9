@NullMarked
package com.commaagents.examples.embedding;

import org.jspecify.annotations.NullMarked;
