package com.commaagents.cli.daemon;

/// Which build of Comma this is: its version, and the commit it was built from or "".
public record Build(String version, String commit) {}
