/// Words that people type.
@NullMarked
package com.commaagents.cli.words;

import org.jspecify.annotations.NullMarked;
