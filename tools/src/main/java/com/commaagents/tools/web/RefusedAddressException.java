package com.commaagents.tools.web;

import java.net.UnknownHostException;

/// A host that has addresses, of which none may be fetched from.
final class RefusedAddressException extends UnknownHostException {
  private static final long serialVersionUID = 1L;

  /// @param kind what its addresses are
  RefusedAddressException(String host, String kind) {
    super(host + " is " + kind);
  }
}
