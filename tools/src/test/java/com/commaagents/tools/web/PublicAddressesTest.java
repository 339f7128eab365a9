package com.commaagents.tools.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PublicAddressesTest {
  private final PublicAddresses addresses = new PublicAddresses(List.of());

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, unspecified",
    "0.1.2.3, unspecified",
    "127.0.0.1, loopback",
    "127.255.255.254, loopback",
    "10.0.0.1, private",
    "172.16.0.1, private",
    "172.31.255.255, private",
    "192.168.1.1, private",
    "100.64.0.1, private",
    "169.254.169.254, link-local",
    "192.0.0.192, reserved",
    "198.18.0.1, reserved",
    "224.0.0.1, multicast",
    "240.0.0.1, reserved",
    "255.255.255.255, reserved",
    "::, unspecified",
    "::1, loopback",
    "fc00::1, private",
    "fd12:3456::1, private",
    "fe80::1, link-local",
    "fec0::1, private",
    "ff02::1, multicast",
    "::ffff:127.0.0.1, loopback",
    "::ffff:10.0.0.1, private",
    "::127.0.0.1, loopback",
    "64:ff9b::7f00:1, loopback",
    "64:ff9b::a9fe:a9fe, link-local",
    "64:ff9b:1::1, private",
    "2002:7f00:1::, loopback",
    "2002:a00:1::1, private",
    "2001::1, reserved",
    "2001:db8::1, reserved"
  })
  void refusesWhatIsNotPublic(String address, String kind) throws UnknownHostException {
    assertThat(addresses.refusal("host", InetAddress.getByName(address)))
        .hasValueSatisfying(why -> assertThat(why).contains(kind));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "93.184.216.34",
        "1.1.1.1",
        "172.15.255.255",
        "172.32.0.1",
        "100.63.255.255",
        "100.128.0.1",
        "2606:4700:4700::1111",
        "64:ff9b::101:101",
        "2002:101:101::1"
      })
  void takesWhatIsPublic(String address) throws UnknownHostException {
    assertThat(addresses.refusal("host", InetAddress.getByName(address))).isEmpty();
  }

  @Test
  void takesWhatTheConfigurationAllows() throws UnknownHostException {
    PublicAddresses some =
        new PublicAddresses(List.of("Docs.Internal", "10.1.0.0/16", "192.168.0.7", "fd00::/8"));
    assertThat(some.refusal("docs.internal", InetAddress.getByName("10.9.9.9"))).isEmpty();
    assertThat(some.refusal("x", InetAddress.getByName("10.1.255.255"))).isEmpty();
    assertThat(some.refusal("x", InetAddress.getByName("10.2.0.0"))).isPresent();
    assertThat(some.refusal("x", InetAddress.getByName("192.168.0.7"))).isEmpty();
    assertThat(some.refusal("x", InetAddress.getByName("192.168.0.8"))).isPresent();
    assertThat(some.refusal("x", InetAddress.getByName("fd01::1"))).isEmpty();
    assertThat(some.refusal("sub.docs.internal", InetAddress.getByName("10.9.9.9"))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "host", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "1.2.3.4.5", "a/8"})
  void readsNoRangeFromAnythingElse(String text) {
    assertThat(Network.parse(text)).isEmpty();
  }
}
