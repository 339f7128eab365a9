/// A plug-in with one of each: two types of agents, a type of flows, a tool and a hook.
@NullMarked
package com.commaagents.examples.plugin;

import org.jspecify.annotations.NullMarked;
