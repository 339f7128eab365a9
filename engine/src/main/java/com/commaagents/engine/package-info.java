/// The engine's roof: prepares a strategy and runs it, behind ports to models, tools, people and
/// the journal.
@NullMarked
package com.commaagents.engine;

import org.jspecify.annotations.NullMarked;
