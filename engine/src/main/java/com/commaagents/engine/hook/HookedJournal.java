package com.commaagents.engine.hook;

import com.commaagents.engine.event.EngineEvent;
import com.commaagents.engine.event.Journal;
import com.commaagents.engine.event.ToolOutput;
import com.commaagents.engine.hook.Hooks.AgentPlace;

/// A journal that tells hooks of what agents stream, after it took it.
public final class HookedJournal implements Journal {
  private final Journal journal;
  private final HookChain hooks;

  public HookedJournal(Journal journal, HookChain hooks) {
    this.journal = journal;
    this.hooks = hooks;
  }

  @Override
  public void add(EngineEvent event) throws InterruptedException {
    journal.add(event);
    if (event instanceof EngineEvent.Streaming(var speaker, var streamed)) {
      AgentPlace at = new AgentPlace(speaker.agentName(), speaker.path());
      hooks.tell(one -> one.onStreamEvent(at, streamed));
    }
  }

  @Override
  public void show(ToolOutput output) {
    journal.show(output);
  }

  @Override
  public void flush() throws InterruptedException {
    journal.flush();
  }
}
