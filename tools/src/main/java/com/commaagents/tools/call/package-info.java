/// What every tool is made of: description, arguments, run state, errors as text.
@NullMarked
package com.commaagents.tools.call;

import org.jspecify.annotations.NullMarked;
