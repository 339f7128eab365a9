package com.commaagents.server.http;

import java.util.Optional;

/// The work of a connection's virtual thread: hands the listener what arrives, until the end.
final class ListenerThread implements Runnable {
  private final WebSocketEndpoint endpoint;
  private final Connection connection;
  private final Mailbox mailbox;

  ListenerThread(WebSocketEndpoint endpoint, Connection connection, Mailbox mailbox) {
    this.endpoint = endpoint;
    this.connection = connection;
    this.mailbox = mailbox;
  }

  @Override
  public void run() {
    boolean listened = false;
    try {
      listen(endpoint.connected(connection));
      listened = true;
    } catch (InterruptedException serverClosed) {
      // This is the end of the thread; there is nobody further up to tell.
      Thread.currentThread().interrupt();
    } finally {
      if (!listened) {
        giveUp();
      }
    }
  }

  private void listen(WebSocketListener listener) throws InterruptedException {
    boolean listened = false;
    try {
      Optional<byte[]> message = mailbox.take();
      while (message.isPresent()) {
        listener.text(message.get());
        message = mailbox.take();
      }
      listened = true;
    } finally {
      if (!listened) {
        giveUp();
      }
      listener.closed();
    }
  }

  private void giveUp() {
    connection.close(CloseCode.INTERNAL_ERROR, "internal error");
    mailbox.drop();
  }
}
