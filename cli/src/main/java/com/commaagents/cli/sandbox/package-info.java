/// What keeps the programs that runs start from writing wherever their user may.
@NullMarked
package com.commaagents.cli.sandbox;

import org.jspecify.annotations.NullMarked;
