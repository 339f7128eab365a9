/// What keeps commands from writing outside their workspace: bubblewrap, else Landlock of Linux.
@NullMarked
package com.commaagents.tools.confinement;

import org.jspecify.annotations.NullMarked;
