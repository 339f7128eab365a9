/// `lsp_request`, a name that strategies may hold.
@NullMarked
package com.commaagents.tools.lsp;

import org.jspecify.annotations.NullMarked;
