/// The run system: prepares, starts, continues and stops runs, and keeps identity, history,
/// subscriptions and cancellation consistent over their whole life. Start reading at RunSystem.
@NullMarked
package com.commaagents.runs;

import org.jspecify.annotations.NullMarked;
