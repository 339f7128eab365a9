/// Who may touch what: path resolution, ordered policies, what a person decided.
@NullMarked
package com.commaagents.tools.guard;

import org.jspecify.annotations.NullMarked;
