/// A plug-in with one of each: a type of agents, a type of flows, a tool and a hook.
@NullMarked
package com.commaagents.examples.plugin;

import org.jspecify.annotations.NullMarked;
