/// The port to language models: what an agent asks of one and what it streams back.
@NullMarked
package com.commaagents.engine.model;

import org.jspecify.annotations.NullMarked;
