/// Types of agents and flows that a program adds.
@NullMarked
package com.commaagents.engine.plugin;

import org.jspecify.annotations.NullMarked;
