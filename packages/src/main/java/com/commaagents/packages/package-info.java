/// Packages: projects from a registry, installed into the data folder, brought up to date and taken
/// away again. Start reading at [Packages].
@NullMarked
package com.commaagents.packages;

import org.jspecify.annotations.NullMarked;
