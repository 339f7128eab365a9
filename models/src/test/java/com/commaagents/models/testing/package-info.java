/// A provider on a socket, a clock in the hand and requests for tests.
@NullMarked
package com.commaagents.models.testing;

import org.jspecify.annotations.NullMarked;
