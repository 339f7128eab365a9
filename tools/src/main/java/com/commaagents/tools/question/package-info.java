/// The tool that asks a person.
@NullMarked
package com.commaagents.tools.question;

import org.jspecify.annotations.NullMarked;
