/// The one JSON mapper and small readings of a JSON tree.
@NullMarked
package com.commaagents.base.json;

import org.jspecify.annotations.NullMarked;
