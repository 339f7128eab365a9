package com.commaagents.server.handler;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.time.Clock;
import com.commaagents.protocol.message.ClientMessage;
import com.commaagents.protocol.message.DaemonMessage;
import com.commaagents.protocol.message.DaemonMessage.HubPackages;
import com.commaagents.protocol.message.HubOperation;
import com.commaagents.protocol.message.HubPackage;
import com.commaagents.protocol.message.ReplyHeader;
import java.util.Optional;

/// Carries out what clients ask about packages. Thread-safe.
final class PackageRequests {
  private final PackageServices packages;
  private final Clock clock;

  PackageRequests(PackageServices packages, Clock clock) {
    this.packages = packages;
    this.clock = clock;
  }

  private interface Answer {
    DaemonMessage get() throws InterruptedException;
  }

  DaemonMessage list(ClientMessage.HubList request) throws InterruptedException {
    return answering(
        request.requestId(),
        () -> {
          PackageServices.Listing listing = packages.list();
          return new HubPackages(
              header(request.requestId()),
              HubOperation.LIST,
              listing.available(),
              Optional.of(listing.installed()),
              Optional.empty(),
              Optional.empty(),
              listing.problem());
        });
  }

  DaemonMessage install(ClientMessage.HubInstall request) throws InterruptedException {
    return answering(
        request.requestId(),
        () ->
            changed(
                HubOperation.INSTALL,
                packages.install(
                    request.name(), request.version(), request.allowCode().orElse(false)),
                request.requestId()));
  }

  DaemonMessage update(ClientMessage.HubUpdate request) throws InterruptedException {
    return answering(
        request.requestId(),
        () ->
            changed(
                HubOperation.UPDATE,
                packages.update(
                    request.name(), request.version(), request.allowCode().orElse(false)),
                request.requestId()));
  }

  private DaemonMessage changed(
      HubOperation operation, HubPackage installed, Optional<String> requestId) {
    return new HubPackages(
        header(requestId),
        operation,
        Optional.empty(),
        Optional.empty(),
        Optional.of(installed),
        Optional.empty(),
        Optional.empty());
  }

  DaemonMessage remove(ClientMessage.HubRemove request) throws InterruptedException {
    return answering(
        request.requestId(),
        () ->
            new HubPackages(
                header(request.requestId()),
                HubOperation.REMOVE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(packages.remove(request.name())),
                Optional.empty()));
  }

  private DaemonMessage answering(Optional<String> id, Answer answer) throws InterruptedException {
    try {
      return answer.get();
    } catch (Fault fault) {
      return new DaemonMessage.ErrorReply(header(id), "HUB_ERROR", fault.message());
    }
  }

  private ReplyHeader header(Optional<String> requestId) {
    return new ReplyHeader(clock.now(), requestId);
  }
}
