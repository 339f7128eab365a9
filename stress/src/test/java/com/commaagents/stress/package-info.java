/// Runs the stress tests, which lie in the packages of what they test.
@NullMarked
package com.commaagents.stress;

import org.jspecify.annotations.NullMarked;
