/// What is wrong with the folder of packages, and putting right what can be.
@NullMarked
package com.commaagents.packages.care;

import org.jspecify.annotations.NullMarked;
