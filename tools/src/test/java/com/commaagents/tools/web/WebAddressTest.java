package com.commaagents.tools.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.tools.failure.ToolError;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WebAddressTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "http://a.test http://a.test",
        "HTTPS://A.test:8443/x?y#z HTTPS://A.test:8443/x?y#z",
        "http://a.test/?q=a|b&c={d}[e] http://a.test/?q=a%7Cb&c=%7Bd%7D%5Be%5D",
        "http://a.test/100%/%41 http://a.test/100%25/%41",
        "http://a.test/<x>^`\" http://a.test/%3Cx%3E%5E%60%22",
        "http://[::1]:80/[x] http://[::1]:80/%5Bx%5D",
        "http://häfen.test/straße http://xn--hfen-loa.test/stra%C3%9Fe",
        // Digits of other scripts become digits, and the address that comes of it is judged.
        "http://127。0。0。1/ http://127.0.0.1/",
        "http://①②⑦.0.0.1/ http://127.0.0.1/",
        "http://ⓛocalhost/ http://localhost/",
      })
  void readsWhatPeopleWrite(String text, URI address) throws ToolError {
    assertThat(WebAddress.of(text)).isEqualTo(address);
  }

  @Test
  void readsBlanks() throws ToolError {
    assertThat(WebAddress.of(" http://a.test/a b ")).hasToString("http://a.test/a%20b");
  }

  @ParameterizedTest
  @CsvSource({
    "file:///etc/passwd, only http and https",
    "ftp://a.test/, only http and https",
    "jar:http://a.test/x!/, only http and https",
    "//a.test/, only http and https",
    "a.test, only http and https",
    "http://u:p@a.test/, names and passwords",
    "http://a.test@127.0.0.1/, names and passwords",
    "http://@a.test/, names and passwords",
    "http://a.test:80@b.test/, names and passwords",
    "http://127.0.0.1\\@a.test/, it is no address",
    "http://a.test\\@127.0.0.1/, it is no address",
    "http://a b/, it is no address",
    "http:///x, names no host",
    "http:/a.test, names no host",
    "http:a.test, names no host",
    "http://127.1/, names no host",
    "http://a.test:0/, no port from 1 to 65535",
    "http://a.test:65536/, no port from 1 to 65535",
    "http://a.test:-1/, names no host",
    "http://a.test:99999999999/, names no host",
  })
  void refusesWhatCannotBeFetched(String text, String why) {
    assertThatThrownBy(() -> WebAddress.of(text)).hasMessageContaining(why);
  }

  @Test
  void takesNoLineBreaksAndNoMoreThanItsLimit() throws ToolError {
    String longest = "http://a.test/" + "x".repeat(WebAddress.MAX_LENGTH - 14);
    assertThat(WebAddress.of(longest)).hasToString(longest);
    assertThatThrownBy(() -> WebAddress.of(longest + "x"))
        .hasMessageContaining("longer than 8192 characters");
    for (String text :
        new String[] {"http://a.test/\r\nHost: b", "http://a\n.test/", "http://a\0/"}) {
      assertThatThrownBy(() -> WebAddress.of(text)).hasMessageContaining("it is no address");
    }
  }

  @Test
  void followsRedirectsFromWhereTheyWereSent() throws ToolError {
    URI page = URI.create("https://a.test/b/c?d");
    assertThat(WebAddress.redirect("e f", page)).hasToString("https://a.test/b/e%20f");
    assertThat(WebAddress.redirect("/g|h", page)).hasToString("https://a.test/g%7Ch");
    assertThat(WebAddress.redirect("//x.test/", page)).hasToString("https://x.test/");
    assertThat(WebAddress.redirect("?i", page)).hasToString("https://a.test/b/?i");
    assertThatThrownBy(() -> WebAddress.redirect("ftp://x.test/", page))
        .hasMessageContaining("only http and https");
    assertThatThrownBy(() -> WebAddress.redirect("//u@x.test/", page))
        .hasMessageContaining("names and passwords");
  }
}
