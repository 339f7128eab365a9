package com.commaagents.models;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.time.Clock;
import com.commaagents.models.http.StreamingHttp;
import java.util.Optional;
import java.util.function.Function;

/// What every model is called with.
///
/// @param ids for tool calls that come without an id
/// @param environment a variable's value by its name
record Calling(
    StreamingHttp http,
    Clock clock,
    IdGenerator ids,
    Function<String, Optional<String>> environment) {}
