/// What a registry offers, and its archives as the index says they are.
@NullMarked
package com.commaagents.packages.registry;

import org.jspecify.annotations.NullMarked;
