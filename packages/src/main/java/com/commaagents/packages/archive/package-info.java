/// Unpacks an archive that nobody vouches for: what is not plain files in folders below the one
/// folder it is given is refused, before anything of it is written.
@NullMarked
package com.commaagents.packages.archive;

import org.jspecify.annotations.NullMarked;
