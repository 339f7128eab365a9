/// Identifiers that have been checked, and where new ones come from.
@NullMarked
package com.commaagents.base.id;

import org.jspecify.annotations.NullMarked;
