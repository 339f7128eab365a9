/// The token that lets into GitHub Copilot, which is given for one of GitHub's own.
@NullMarked
package com.commaagents.models.github;

import org.jspecify.annotations.NullMarked;
