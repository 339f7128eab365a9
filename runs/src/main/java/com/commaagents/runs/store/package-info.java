/// Where timelines are kept: the port, a folder of files, and a memory for tests.
@NullMarked
package com.commaagents.runs.store;

import org.jspecify.annotations.NullMarked;
