package com.commaagents.engine.fakes;

import com.commaagents.engine.people.People;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// People who say what they were told to; when that is used up, they are waited for.
public final class FakePeople implements People {
  private final BlockingQueue<String> inputs = new LinkedBlockingQueue<>();
  private final List<String> steering = new ArrayList<>();
  private final List<String> prompts = new ArrayList<>();
  private final AtomicInteger waiting = new AtomicInteger();

  public void says(String text) {
    inputs.add(text);
  }

  public synchronized void steers(String text) {
    steering.add(text);
  }

  /// What they were asked, as `AGENT@PATH PROMPT`.
  public synchronized List<String> prompts() {
    return List.copyOf(prompts);
  }

  public boolean isWaitedFor() {
    return waiting.get() > 0;
  }

  @Override
  public String input(String agentName, String path, String prompt) throws InterruptedException {
    synchronized (this) {
      prompts.add(agentName + "@" + path + " " + prompt);
    }
    waiting.incrementAndGet();
    try {
      return inputs.take();
    } finally {
      waiting.decrementAndGet();
    }
  }

  @Override
  public synchronized List<String> takeSteering(String agentName, String path) {
    List<String> taken = List.copyOf(steering);
    steering.clear();
    return taken;
  }

  @Override
  public Decision permission(PermissionRequest request) {
    return Decision.DENY;
  }

  @Override
  public String question(String agentName, String path, String toolName, String question) {
    return "";
  }
}
