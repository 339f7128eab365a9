package com.commaagents.protocol.message;

/// Why a person is asked for permission.
public enum PermissionReason implements Labelled {
  POLICY_ASK("policy-ask"),
  POLICY_DENY_OVERRIDE("policy-deny-override");

  private final String label;

  PermissionReason(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
