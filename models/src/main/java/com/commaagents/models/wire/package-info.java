/// What the wires have in common: a model out of a format and an endpoint, options in the
/// strategy's spelling, roles that alternate, answers in blocks, thinking, tokens, and a schema
/// told in words or as a tool.
@NullMarked
package com.commaagents.models.wire;

import org.jspecify.annotations.NullMarked;
