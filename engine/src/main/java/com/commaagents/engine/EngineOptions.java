package com.commaagents.engine;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.id.RunId;
import com.commaagents.base.time.Clock;
import com.commaagents.engine.event.Journal;
import com.commaagents.engine.limit.UsageMeter;
import com.commaagents.engine.model.ModelRegistry;
import com.commaagents.engine.people.People;
import com.commaagents.engine.tool.ServerTools;
import com.commaagents.engine.tool.ToolSession;
import com.commaagents.strategy.skill.Skills;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// What one run of a strategy works with.
///
/// @param tools the run's own; whoever opened it closes it
/// @param servers the run's own, or those of the run that launched this one
/// @param random where the jitter of retries comes from; used by several threads at once
/// @param modelOverride the model of every LLM agent, in place of its own
/// @param skills what agents can learn in the run's folder
/// @param meter sums what is spent and holds it to limits; a launched strategy shares its parent's
public record EngineOptions(
    RunId runId,
    ModelRegistry models,
    ToolSession tools,
    ServerTools servers,
    People people,
    Journal journal,
    Clock clock,
    IdGenerator ids,
    RandomGenerator random,
    Optional<String> modelOverride,
    Skills skills,
    UsageMeter meter) {}
