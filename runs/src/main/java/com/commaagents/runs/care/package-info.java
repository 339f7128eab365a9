/// What can be wrong with the folder of a file store, and putting it right.
@NullMarked
package com.commaagents.runs.care;

import org.jspecify.annotations.NullMarked;
