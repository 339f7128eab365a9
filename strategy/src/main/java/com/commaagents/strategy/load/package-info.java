/// From a strategy file to a checked [com.commaagents.strategy.definition.Strategy], or to
/// everything that is wrong with the file, each thing with its place. Runs nothing and changes
/// nothing; reads the file itself and the prompts beside it.
@NullMarked
package com.commaagents.strategy.load;

import org.jspecify.annotations.NullMarked;
