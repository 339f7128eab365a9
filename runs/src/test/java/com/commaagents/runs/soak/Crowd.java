package com.commaagents.runs.soak;

import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.RunId;
import com.commaagents.engine.tool.Tool;
import com.commaagents.engine.tool.ToolRegistry;
import com.commaagents.engine.tool.ToolScope;
import com.commaagents.engine.tool.ToolSession;
import com.commaagents.runs.hub.EventSink;
import com.commaagents.runs.message.PublishedMessage;
import com.commaagents.runs.message.RunMessage;
import com.commaagents.runs.message.RunNotice;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// Clients that remember nothing of what they are told but who asks them, and runs without tools.
final class Crowd implements EventSink, ToolRegistry {
  final BlockingQueue<RunId> asking = new LinkedBlockingQueue<>();
  final LongAdder told = new LongAdder();
  final AtomicInteger openTools = new AtomicInteger();

  @Override
  public void broadcast(PublishedMessage message, Collection<ClientId> subscribers) {
    told.add(subscribers.size());
    if (message.message() instanceof RunMessage.InputRequested) {
      asking.add(message.runId());
    }
  }

  @Override
  public void send(ClientId client, PublishedMessage message) {
    told.increment();
  }

  @Override
  public void send(ClientId client, RunNotice notice) {
    told.increment();
  }

  @Override
  public Set<String> names() {
    return Set.of();
  }

  @Override
  public ToolSession open(ToolScope scope) {
    openTools.incrementAndGet();
    return new ToolSession() {
      @Override
      public Tool tool(String name) {
        throw new IllegalArgumentException("no tool " + name);
      }

      @Override
      public boolean updatePolicy(PolicyPatch patch, Optional<String> toolName) {
        return false;
      }

      @Override
      public ToolSession forLaunched(ToolScope inside) {
        return Crowd.this.open(inside);
      }

      @Override
      public void close() {
        openTools.decrementAndGet();
      }
    };
  }
}
