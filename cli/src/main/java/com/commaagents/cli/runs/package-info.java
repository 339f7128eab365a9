/// The runs that are kept, on the command line: lists, pages, and which of them may go.
@NullMarked
package com.commaagents.cli.runs;

import org.jspecify.annotations.NullMarked;
