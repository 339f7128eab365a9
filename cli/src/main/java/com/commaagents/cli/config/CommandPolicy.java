package com.commaagents.cli.config;

/// What happens when an agent wants to run a command that is not refused outright.
public enum CommandPolicy {
  ALLOW,
  ASK,
  DENY
}
