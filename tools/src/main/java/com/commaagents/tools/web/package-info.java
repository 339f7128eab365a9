/// `webfetch`: reading public pages, and only public ones. An address is judged after its name was
/// looked up, and the connection goes to exactly that address.
@NullMarked
package com.commaagents.tools.web;

import org.jspecify.annotations.NullMarked;
