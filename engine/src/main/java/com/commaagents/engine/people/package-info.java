/// The port to people: inputs, permissions and questions an agent waits for.
@NullMarked
package com.commaagents.engine.people;

import org.jspecify.annotations.NullMarked;
