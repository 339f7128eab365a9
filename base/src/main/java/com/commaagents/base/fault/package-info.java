/// Expected failures, sorted by who can mend them.
@NullMarked
package com.commaagents.base.fault;

import org.jspecify.annotations.NullMarked;
