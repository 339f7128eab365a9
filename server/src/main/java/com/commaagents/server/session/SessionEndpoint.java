package com.commaagents.server.session;

import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.IdGenerator;
import com.commaagents.protocol.codec.ClientMessageDecoder;
import com.commaagents.protocol.codec.Decoded;
import com.commaagents.protocol.message.DaemonMessage;
import com.commaagents.protocol.message.ReplyHeader;
import com.commaagents.server.handler.RequestHandler;
import com.commaagents.server.http.Connection;
import com.commaagents.server.http.WebSocketEndpoint;
import com.commaagents.server.http.WebSocketListener;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes a client of each connection: its messages are read and answered one after the other, on
/// the connection's own thread.
public final class SessionEndpoint implements WebSocketEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(SessionEndpoint.class);

  private final Sessions sessions;
  private final RequestHandler handler;
  private final IdGenerator ids;

  public SessionEndpoint(Sessions sessions, RequestHandler handler, IdGenerator ids) {
    this.sessions = sessions;
    this.handler = handler;
    this.ids = ids;
  }

  @Override
  public WebSocketListener connected(Connection connection) {
    ClientId client = new ClientId(ids.next());
    sessions.add(client, connection);
    return new WebSocketListener() {
      @Override
      public void text(byte[] utf8) throws InterruptedException {
        answer(client, utf8).ifPresent(reply -> sessions.send(client, reply));
      }

      @Override
      public void closed() {
        sessions.remove(client);
        handler.forget(client);
      }
    };
  }

  private Optional<DaemonMessage> answer(ClientId client, byte[] utf8) throws InterruptedException {
    return switch (ClientMessageDecoder.decode(utf8)) {
      case Decoded.Refused refused ->
          Optional.of(error(refused.requestId(), refused.code(), refused.message()));
      case Decoded.Accepted(var message) -> {
        try {
          yield handler.handle(client, message);
        } catch (RuntimeException defect) {
          // The session loop: whatever a handler did wrong, the connection stays open.
          LOG.error("handling {} failed", message.getClass().getSimpleName(), defect);
          yield Optional.of(
              error(
                  message.requestId(),
                  "INTERNAL_ERROR",
                  "The daemon could not do this; its log says why."));
        }
      }
    };
  }

  private DaemonMessage error(Optional<String> requestId, String code, String message) {
    return new DaemonMessage.ErrorReply(new ReplyHeader(handler.now(), requestId), code, message);
  }
}
