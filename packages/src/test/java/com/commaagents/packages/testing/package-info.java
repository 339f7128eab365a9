/// Archives and registries for tests.
@NullMarked
package com.commaagents.packages.testing;

import org.jspecify.annotations.NullMarked;
