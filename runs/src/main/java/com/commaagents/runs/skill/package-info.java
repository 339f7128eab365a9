/// The tools by which agents learn skills in the middle of a run.
@NullMarked
package com.commaagents.runs.skill;

import org.jspecify.annotations.NullMarked;
