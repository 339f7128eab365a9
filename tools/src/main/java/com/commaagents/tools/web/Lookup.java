package com.commaagents.tools.web;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// Port: the addresses of a host name. Thread-safe.
@FunctionalInterface
interface Lookup {
  /// Asks the machine's resolver.
  Lookup SYSTEM = InetAddress::getAllByName;

  InetAddress[] addresses(String host) throws UnknownHostException;
}
