/// Hooks: Java code of the embedding program that is called while a strategy runs.
@NullMarked
package com.commaagents.engine.hook;

import org.jspecify.annotations.NullMarked;
