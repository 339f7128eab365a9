/// Who follows which run, and the numbered stream of messages to them.
@NullMarked
package com.commaagents.runs.hub;

import org.jspecify.annotations.NullMarked;
