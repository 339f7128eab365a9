package com.commaagents.tools.web;

/// What a page says.
///
/// @param cut whether it says more
record PageText(String text, boolean cut) {}
