/// Wire messages from and to UTF-8 JSON, total on any input.
///
/// One table per family of messages ([com.commaagents.protocol.codec.ClientMessages],
/// [com.commaagents.protocol.codec.DaemonMessages], [com.commaagents.protocol.codec.StreamEvents])
/// says each type's fields once; checking, reading and writing all follow it. Deltas of text and
/// thinking, which are most of what is ever sent, are written without it and to the same bytes.
/// Everything here is stateless or confined to one call, hence thread-safe.
@NullMarked
package com.commaagents.protocol.codec;

import org.jspecify.annotations.NullMarked;
