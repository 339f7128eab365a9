/// From an unpacked archive to an installed package: what is in it, and its way into place, which a
/// crash at any moment leaves either not begun or done.
@NullMarked
package com.commaagents.packages.install;

import org.jspecify.annotations.NullMarked;
