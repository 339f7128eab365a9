package com.commaagents.tools.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Which addresses may be fetched from: those of the public internet, and what the configuration
/// allows besides. Immutable.
///
/// An IPv6 address that carries an IPv4 address is judged by that one.
///
/// Source: the special-purpose address registries of RFC 6890 and its successors.
final class PublicAddresses {
  private static final List<Special> SPECIAL =
      List.of(
          special("an unspecified address", "0.0.0.0/8", "::/128"),
          special("a loopback address", "127.0.0.0/8", "::1/128"),
          special(
              "a private address",
              "10.0.0.0/8",
              "172.16.0.0/12",
              "192.168.0.0/16",
              "100.64.0.0/10",
              "fc00::/7",
              "fec0::/10",
              "64:ff9b:1::/48"),
          special("a link-local address", "169.254.0.0/16", "fe80::/10"),
          special("a multicast address", "224.0.0.0/4", "ff00::/8"),
          special(
              "a reserved address",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.88.99.0/24",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "240.0.0.0/4",
              "100::/64",
              "2001::/23",
              "2001:db8::/32",
              "3fff::/20",
              "5f00::/16"));

  private static final Network NAT64 = network("64:ff9b::/96");
  private static final Network SIX_TO_FOUR = network("2002::/16");
  private static final Network COMPATIBLE = network("::/96");
  private static final int IPV4_BYTES = 4;

  private final Set<String> allowedHosts;
  private final List<Network> allowedNetworks;

  /// @param allowed host names, addresses and ranges of addresses
  PublicAddresses(List<String> allowed) {
    allowedNetworks = allowed.stream().map(Network::parse).flatMap(Optional::stream).toList();
    allowedHosts =
        allowed.stream()
            .filter(text -> Network.parse(text).isEmpty())
            .map(text -> text.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  /// What kind of address it is, where it may not be fetched from.
  Optional<String> refusal(String host, InetAddress address) {
    if (allowedHosts.contains(host.toLowerCase(Locale.ROOT))
        || allowedNetworks.stream().anyMatch(network -> network.contains(address))) {
      return Optional.empty();
    }
    return kind(address).or(() -> kind(carried(address)));
  }

  private static Optional<String> kind(InetAddress address) {
    return SPECIAL.stream()
        .filter(special -> special.contains(address))
        .map(Special::name)
        .findFirst();
  }

  /// The IPv4 address that an IPv6 address leads to, else the address itself.
  private static InetAddress carried(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (NAT64.contains(address) || COMPATIBLE.contains(address)) {
      return ipv4(bytes, bytes.length - IPV4_BYTES);
    }
    return SIX_TO_FOUR.contains(address) ? ipv4(bytes, 2) : address;
  }

  private static InetAddress ipv4(byte[] bytes, int from) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + IPV4_BYTES));
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("four bytes are an address", impossible);
    }
  }

  private static Special special(String name, String... networks) {
    return new Special(name, Arrays.stream(networks).map(PublicAddresses::network).toList());
  }

  private static Network network(String text) {
    return Network.parse(text).orElseThrow(() -> new IllegalStateException(text));
  }

  private record Special(String name, List<Network> networks) {
    boolean contains(InetAddress address) {
      return networks.stream().anyMatch(network -> network.contains(address));
    }
  }
}
