/// The transport: HTTP and WebSocket (RFC 6455) on Netty, which is seen nowhere else.
///
/// What goes on in here, per connection:
///
/// ```text
/// socket -> FrameReader -> Mailbox -> virtual thread -> WebSocketListener
/// socket <- FrameWriter <- OutgoingQueue <- Connection.send, any thread
/// ```
///
/// The left half runs on one of Netty's two event loops and never blocks; the right half belongs to
/// the caller. The two bounded queues between them are the back-pressure: a full mailbox stops
/// reading from its socket, a full outgoing queue closes its connection. Neither touches another
/// connection.
///
/// Of Netty it uses the event loops, the buffers and the HTTP request decoder. Frames are read and
/// written here, because Netty's decoder holds a whole frame before it looks at the sum of the
/// fragments, keeps it in direct memory and copies it again, and its encoder makes buffers for each
/// frame, where [FrameWriter] puts many into one. Compression (permessage-deflate) is not offered:
/// the clients are near, and so no inflated size needs a limit.
@NullMarked
package com.commaagents.server.http;

import org.jspecify.annotations.NullMarked;
