/// How messages speak of names that come from files and people: briefly, harmlessly, and with the
/// name that was probably meant.
@NullMarked
package com.commaagents.strategy.wording;

import org.jspecify.annotations.NullMarked;
