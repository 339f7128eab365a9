package com.commaagents.protocol.message;

/// An installed package of the hub.
public record HubPackage(
    String name, String version, String commit, String path, boolean executableCodeApproved) {}
