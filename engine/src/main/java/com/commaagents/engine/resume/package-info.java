/// What an interrupted segment has done, so that a resume does none of it again.
@NullMarked
package com.commaagents.engine.resume;

import org.jspecify.annotations.NullMarked;
