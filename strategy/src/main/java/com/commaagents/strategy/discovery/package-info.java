/// Which strategies there are for somebody who works in a folder, found by name. A broken file is a
/// warning and never keeps the others from being found. Looks at files, changes none.
@NullMarked
package com.commaagents.strategy.discovery;

import org.jspecify.annotations.NullMarked;
