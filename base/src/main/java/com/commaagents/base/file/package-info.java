/// The small files of the data folder that people and programs share with us: read when they have
/// changed, replaced in one step, for the owner's eyes only.
@NullMarked
package com.commaagents.base.file;

import org.jspecify.annotations.NullMarked;
