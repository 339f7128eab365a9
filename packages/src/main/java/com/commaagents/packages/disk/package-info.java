/// Folders and files that only their owner may enter and read, forced to the disk.
@NullMarked
package com.commaagents.packages.disk;

import org.jspecify.annotations.NullMarked;
