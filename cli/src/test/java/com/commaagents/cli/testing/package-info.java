/// Fakes that the tests of this module share.
@NullMarked
package com.commaagents.cli.testing;

import org.jspecify.annotations.NullMarked;
