/// Skills: folders with a `SKILL.md` that tells an agent how something is done.
@NullMarked
package com.commaagents.strategy.skill;

import org.jspecify.annotations.NullMarked;
