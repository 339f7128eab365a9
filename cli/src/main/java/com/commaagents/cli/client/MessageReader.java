package com.commaagents.cli.client;

import com.commaagents.base.json.Json;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Puts the fragments of a message together and hands the message on.
///
/// The HTTP client calls one method at a time, so that there is one owner of the state.
final class MessageReader implements WebSocket.Listener {
  private final DaemonLink.Listener listener;
  private final StringBuilder message = new StringBuilder();

  MessageReader(DaemonLink.Listener listener) {
    this.listener = listener;
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    if (message.length() + data.length() > Json.MAX_BYTES) {
      socket.abort();
      end("The daemon sent a message that is too large.");
      return null;
    }
    message.append(data);
    if (last) {
      String whole = message.toString();
      message.setLength(0);
      hand(whole);
    }
    socket.request(1);
    return null;
  }

  private void hand(String whole) {
    Json.parse(whole)
        .ifPresent(node -> {
          try {
            listener.said(node);
          } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
          }
        });
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    end(
        code == 1001
            ? "The daemon has been stopped."
            : "The daemon closed the connection (" + code + ", \"" + reason + "\").");
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    end("The connection to the daemon broke.");
  }

  private void end(String reason) {
    try {
      listener.ended(reason);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }
}
