/// What the command line tools of clouds keep on this machine, as credentials.
@NullMarked
package com.commaagents.models.cloud;

import org.jspecify.annotations.NullMarked;
