package com.commaagents.engine.hook;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All hooks of a run system, in the order in which they were registered. Thread-safe.
public final class HookChain {
  public static final HookChain NONE = new HookChain(List.of());

  private static final Logger LOG = LoggerFactory.getLogger(HookChain.class);

  private final List<Hooks> hooks;

  public HookChain(List<Hooks> hooks) {
    this.hooks = List.copyOf(hooks);
  }

  /// What is called on one hook.
  @FunctionalInterface
  public interface Telling {
    void tell(Hooks hooks) throws InterruptedException;
  }

  /// What one hook makes of a text.
  @FunctionalInterface
  public interface Altering {
    String alter(Hooks hooks, String text) throws InterruptedException;
  }

  /// @throws Fault when one throws; it names the class
  public void tell(Telling telling) throws InterruptedException {
    for (Hooks one : hooks) {
      try {
        telling.tell(one);
      } catch (RuntimeException | LinkageError | StackOverflowError thrown) {
        throw failed(one, thrown);
      }
    }
  }

  /// The text after each hook had it in its hands.
  ///
  /// @throws Fault when one throws; it names the class
  public String alter(String text, Altering altering) throws InterruptedException {
    String current = text;
    for (Hooks one : hooks) {
      try {
        current = Objects.requireNonNull(altering.alter(one, current), "it gave back no text");
      } catch (RuntimeException | LinkageError | StackOverflowError thrown) {
        throw failed(one, thrown);
      }
    }
    return current;
  }

  // A hook may have turned the interruption into an exception of its own.
  private static Fault failed(Hooks hooks, Throwable thrown) throws InterruptedException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedException();
    }
    String name = hooks.getClass().getName();
    LOG.warn("hook {} threw", name, thrown);
    String said = thrown instanceof Fault fault ? fault.message() : String.valueOf(thrown);
    return new Fault(FaultCode.INVALID_INPUT, "the hook " + name + " threw: " + said, thrown);
  }
}
