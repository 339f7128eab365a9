package com.commaagents.mcp;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.engine.tool.McpServers.Standing;
import com.commaagents.mcp.connection.Connection;
import com.commaagents.mcp.connection.Connector;
import com.commaagents.mcp.connection.OfferedTool;
import com.commaagents.mcp.definition.ServerDefinition;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One server of a run. A call that loses it fails and says so, for its outcome is unknown; the
/// next call connects again. Thread-safe.
///
/// Limit: it is connected to again [#MAX_RECONNECTIONS] times, counted anew when it has answered a
/// call.
final class LiveServer implements AutoCloseable {
  static final int MAX_RECONNECTIONS = 3;

  private static final Standing CONNECTING =
      new Standing(0, Optional.of("It is being connected to."));

  private final String id;
  private final ServerDefinition definition;
  private final Path directory;
  private final Connector connector;
  private final AtomicBoolean changed = new AtomicBoolean();
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Connection connection;
  private volatile List<OfferedTool> tools = List.of();
  private volatile Optional<String> error = Optional.empty();
  private volatile boolean closed;
  private final AtomicInteger reconnections = new AtomicInteger();

  LiveServer(String id, ServerDefinition definition, Path directory, Connector connector) {
    this.id = id;
    this.definition = definition;
    this.directory = directory;
    this.connector = connector;
  }

  String id() {
    return id;
  }

  /// Connects for the first time. A failure is kept as [#error].
  void connect() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      open();
    } catch (Fault unreachable) {
      error = Optional.of(unreachable.message());
    } finally {
      lock.unlock();
    }
  }

  /// How it stands. Waits for nothing.
  Standing standing() {
    Optional<String> why = error;
    if (why.isPresent()) {
      return new Standing(0, why);
    }
    Connection present = connection;
    if (present == null) {
      return CONNECTING;
    }
    return present.isLost()
        ? new Standing(0, Optional.of(gone()))
        : new Standing(tools.size(), Optional.empty());
  }

  /// Whether it cannot be called as it stands, and nobody is connecting to it.
  boolean isOut() {
    Connection present = connection;
    return error.isPresent() || (present != null && present.isLost());
  }

  private String gone() {
    return "MCP server "
        + id
        + (reconnections.get() == MAX_RECONNECTIONS
            ? " is gone and stays so. Turn it off and on again."
            : " is gone. The next call of one of its tools connects to it again.");
  }

  /// What it offers, asked anew where it said that this has changed.
  List<OfferedTool> tools() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Connection present = connection;
      if (present != null && !present.isLost() && changed.getAndSet(false)) {
        tools = present.tools();
      }
      return tools;
    } catch (Fault keptAsTheyWere) {
      return tools;
    } finally {
      lock.unlock();
    }
  }

  String call(String tool, JsonNode arguments) throws InterruptedException {
    Connection ready = ready();
    try {
      String result = ready.call(tool, arguments);
      reconnections.set(0);
      return result;
    } catch (Fault failed) {
      throw new Fault(
          failed.code(),
          failed.message()
              + ". What the call has done is unknown: look before you make it again, or go on"
              + " without this tool.");
    }
  }

  /// Ends the connection, also while somebody else waits for it. One that is being made is ended by
  /// who makes it.
  @Override
  public void close() {
    closed = true;
    Connection last = connection;
    if (last != null) {
      last.close();
    }
  }

  private Connection ready() throws InterruptedException {
    try {
      return connected();
    } catch (Fault unreachable) {
      throw new Fault(
          unreachable.code(),
          unreachable.message() + ". The call was not made. Go on without this tool.");
    }
  }

  private Connection connected() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Connection present = connection;
      if (present != null && !present.isLost()) {
        return present;
      }
      if (closed || reconnections.get() == MAX_RECONNECTIONS) {
        throw new Fault(
            FaultCode.UPSTREAM,
            "MCP server " + id + (closed ? " was turned off" : " is gone and stays so"));
      }
      reconnections.incrementAndGet();
      if (present != null) {
        present.close();
      }
      return open();
    } finally {
      lock.unlock();
    }
  }

  private Connection open() throws InterruptedException {
    Connection opened = connector.connect(id, definition, directory, () -> changed.set(true));
    boolean ready = false;
    try {
      tools = opened.tools();
      connection = opened;
      error = Optional.empty();
      ready = !closed;
      if (closed) {
        throw new Fault(FaultCode.UPSTREAM, "MCP server " + id + " was turned off");
      }
      return opened;
    } finally {
      if (!ready) {
        opened.close();
      }
    }
  }
}
