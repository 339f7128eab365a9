/// Prompt templates in Liquid. The library that renders them is seen here only.
@NullMarked
package com.commaagents.engine.template;

import org.jspecify.annotations.NullMarked;
