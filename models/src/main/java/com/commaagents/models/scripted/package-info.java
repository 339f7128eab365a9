/// The provider `scripted`: answers from a YAML file beside the strategy, for demonstrations, tests
/// and work without a key.
///
/// `scripted/default` reads `STRATEGY.script.yaml` (for `review.yaml`: `review.script.yaml`) and
/// `scripted/NAME` reads `NAME.script.yaml`, both in the folder of the strategy file:
///
/// ```yaml
/// writer:                              # an agent; "*" is every agent without an entry of its own
///   - "You said: {{input}}"            # a turn that is only text
///   - thinking: "I should look first." # a turn with more
///     text: ["One ", "moment."]
///     tools:
///       - read_file: {path: hello.txt}
///       - write_file: "{not json"      # a string is sent as it is
///     usage: {input: 120, output: 14}
/// ```
///
/// Which turn answers is a function of the request alone: the number of assistant messages in it.
/// So a script gives the same answers in a run, in its continuation and after a resume. After the
/// last turn the last one without tool calls and failure repeats. `docs/scripted-model.md` has all
/// fields.
@NullMarked
package com.commaagents.models.scripted;

import org.jspecify.annotations.NullMarked;
