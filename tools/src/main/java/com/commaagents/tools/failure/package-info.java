/// How a tool tells a model that something failed, and what to do next.
@NullMarked
package com.commaagents.tools.failure;

import org.jspecify.annotations.NullMarked;
