/// Credentials of model providers: the file `credentials.json`, the environment, and which of them
/// counts.
///
/// INVARIANT: no value of a credential leaves this package in a text: neither in a fault nor in a
/// `toString`.
@NullMarked
package com.commaagents.models.credentials;

import org.jspecify.annotations.NullMarked;
