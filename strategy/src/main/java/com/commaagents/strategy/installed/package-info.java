/// The packages of a data folder: where each lies, which version of it, and whether what it brings
/// along may run. Says so to whoever loads strategies; installing is somebody else's work.
@NullMarked
package com.commaagents.strategy.installed;

import org.jspecify.annotations.NullMarked;
