package com.commaagents.cli.config;

/// How much the daemon logs; each level includes those before it.
public enum LogLevel {
  OFF,
  ERROR,
  WARN,
  INFO,
  DEBUG,
  TRACE
}
