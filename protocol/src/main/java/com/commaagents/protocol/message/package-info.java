/// The messages of the wire, as values: what a client may ask and what the daemon may say.
///
/// Names, required fields and closed value sets are those of the public protocol; a component that
/// is `Optional` may be absent on the wire. JSON trees are opaque here and belong to whoever built
/// the message: nobody changes them once the message exists.
@NullMarked
package com.commaagents.protocol.message;

import org.jspecify.annotations.NullMarked;
