/// Tools beside those of the tool port: what plug-ins add, and how it stands beside the others.
@NullMarked
package com.commaagents.runs.extension;

import org.jspecify.annotations.NullMarked;
