package com.commaagents.protocol.message;

/// Why a run failed.
///
/// @param code for example `EXECUTION_ERROR` or `CANCELLED`; an open set
public record ErrorDetail(String code, String message) {}
