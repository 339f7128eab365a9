/// Checks of JSON values against JSON Schemas.
@NullMarked
package com.commaagents.engine.schema;

import org.jspecify.annotations.NullMarked;
