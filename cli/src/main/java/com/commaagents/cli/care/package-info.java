/// The doctor: what is wrong with a data folder, and putting it right. Never tells what a file
/// holds.
@NullMarked
package com.commaagents.cli.care;

import org.jspecify.annotations.NullMarked;
