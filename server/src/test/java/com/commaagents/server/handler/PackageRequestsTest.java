package com.commaagents.server.handler;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.protocol.codec.DaemonMessageEncoder;
import com.commaagents.protocol.message.ClientMessage;
import com.commaagents.server.fakes.FakePackages;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PackageRequestsTest {
  private static final Optional<String> ID = Optional.of("r");
  private static final String INSTALLED =
      "{\"name\":\"@a/b\",\"version\":\"%s\",\"commit\":\"abc\",\"path\":\"/data/packages/@a/b\","
          + "\"executableCodeApproved\":%s}";

  private final HandlerFixture fixture;
  private final HandlerFixture.Client client;

  PackageRequestsTest(@TempDir Path folder) {
    fixture = new HandlerFixture(folder);
    client = fixture.connect();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void installsUpdatesListsAndRemoves() throws InterruptedException {
    assertThat(ask(new ClientMessage.HubInstall("@a/b", Optional.empty(), Optional.empty(), ID)))
        .isEqualTo(
            answer("install", "\"installedPackage\":" + INSTALLED.formatted("1.0.0", "false")));
    assertThat(ask(new ClientMessage.HubUpdate("@a/b", Optional.empty(), Optional.of(true), ID)))
        .isEqualTo(
            answer("update", "\"installedPackage\":" + INSTALLED.formatted("1.1.0", "true")));
    assertThat(ask(new ClientMessage.HubList(ID)))
        .isEqualTo(
            answer(
                "list",
                "\"available\":[{\"name\":\"@a/b\"}],\"installed\":["
                    + INSTALLED.formatted("1.1.0", "true")
                    + "]"));
    assertThat(ask(new ClientMessage.HubRemove("@a/b", ID)))
        .isEqualTo(answer("remove", "\"removed\":true"));
    assertThat(ask(new ClientMessage.HubRemove("@a/b", ID)))
        .isEqualTo(answer("remove", "\"removed\":false"));
  }

  @Test
  void listsWhatIsInstalledAlsoWhereTheRegistryCannotBeAsked() throws InterruptedException {
    fixture.packages.unreachable = true;
    assertThat(ask(new ClientMessage.HubList(ID)))
        .isEqualTo(answer("list", "\"installed\":[],\"error\":\"no registry\""));
  }

  @Test
  void takesNoCodeForAllowedThatNobodyAllowed() throws InterruptedException {
    var _ = ask(new ClientMessage.HubInstall("@a/b", Optional.empty(), Optional.of(false), ID));
    assertThat(fixture.packages.installed.values())
        .allSatisfy(one -> assertThat(one.executableCodeApproved()).isFalse());
  }

  @Test
  void answersFailuresWithOneCode() throws InterruptedException {
    fixture.packages.broken = true;
    assertThat(client.ask(new ClientMessage.HubList(ID)))
        .contains(HandlerFixture.error("HUB_ERROR", "cannot list the folder"));
    assertThat(
            client.ask(new ClientMessage.HubInstall("x", Optional.empty(), Optional.empty(), ID)))
        .contains(HandlerFixture.error("HUB_ERROR", FakePackages.UNKNOWN));
  }

  private static String answer(String operation, String fields) {
    return "{\"type\":\"hub_packages\",\"operation\":\"%s\",%s,\"ts\":\"2026-11-22T06:36:14.918Z\",\"requestId\":\"r\"}"
        .formatted(operation, fields);
  }

  private String ask(ClientMessage request) throws InterruptedException {
    return new String(
        DaemonMessageEncoder.encode(client.ask(request).orElseThrow()), StandardCharsets.UTF_8);
  }
}
