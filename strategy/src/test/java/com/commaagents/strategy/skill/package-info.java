@NullMarked
package com.commaagents.strategy.skill;

import org.jspecify.annotations.NullMarked;
