@NullMarked
package com.commaagents.tools.confinement;

import org.jspecify.annotations.NullMarked;
