/// Agents: one call of a model with its tools, or of a person.
@NullMarked
package com.commaagents.engine.agent;

import org.jspecify.annotations.NullMarked;
