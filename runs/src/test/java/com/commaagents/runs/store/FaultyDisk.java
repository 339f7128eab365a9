package com.commaagents.runs.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/// The machine's disk, which refuses or falls short where a test wants it to. Thread-safe.
final class FaultyDisk implements Disk {
  private final Disk inner;
  private final AtomicInteger forces = new AtomicInteger();
  private volatile Rule rule = (_, _) -> Answer.DONE;

  /// What the disk is asked for.
  enum Work {
    OPEN,
    READ,
    WRITE,
    FORCE,
    FORCE_FOLDER,
    TRUNCATE,
    MOVE,
    DELETE
  }

  /// What it does.
  enum Answer {
    DONE,
    /// As much as half of what was to be written.
    SHORT,
    FULL,
    BROKEN;

    void give() throws IOException {
      switch (this) {
        case DONE, SHORT -> {}
        case FULL -> throw new IOException("No space left on device");
        case BROKEN -> throw new IOException("Input/output error");
      }
    }
  }

  /// @see #set
  @FunctionalInterface
  interface Rule {
    Answer answer(Work work, String file);
  }

  FaultyDisk(Disk inner) {
    this.inner = inner;
  }

  FaultyDisk() {
    this(new MachineDisk());
  }

  /// From now on it answers so.
  void set(Rule now) {
    rule = now;
  }

  /// It answers so for one kind of work on files whose names end so, and is well otherwise.
  void set(Work sick, String suffix, Answer answer) {
    rule = (work, file) -> work == sick && file.endsWith(suffix) ? answer : Answer.DONE;
  }

  void heal() {
    rule = (_, _) -> Answer.DONE;
  }

  /// How many forces of files there were.
  int forces() {
    return forces.get();
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    answer(Work.OPEN, file).give();
    return new FaultyFile(file, inner.open(file));
  }

  @Override
  public boolean exists(Path file) {
    return inner.exists(file);
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    answer(Work.FORCE_FOLDER, folder).give();
    inner.forceFolder(folder);
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    answer(Work.MOVE, from).give();
    inner.move(from, to);
  }

  @Override
  public void delete(Path file) throws IOException {
    answer(Work.DELETE, file).give();
    inner.delete(file);
  }

  private Answer answer(Work work, Path file) {
    return rule.answer(work, file.getFileName().toString());
  }

  private final class FaultyFile implements DiskFile {
    private final Path path;
    private final DiskFile file;

    FaultyFile(Path path, DiskFile file) {
      this.path = path;
      this.file = file;
    }

    @Override
    public int read(ByteBuffer into, long at) throws IOException {
      answer(Work.READ, path).give();
      return file.read(into, at);
    }

    @Override
    public int write(ByteBuffer from, long at) throws IOException {
      Answer answer = answer(Work.WRITE, path);
      int length = answer == Answer.DONE ? from.remaining() : from.remaining() / 2;
      int written = length == 0 ? 0 : file.write(from.slice().limit(length), at);
      answer.give();
      from.position(from.position() + written);
      return answer == Answer.SHORT && written == 0 ? file.write(from, at) : written;
    }

    @Override
    public void force() throws IOException {
      forces.incrementAndGet();
      answer(Work.FORCE, path).give();
      file.force();
    }

    @Override
    public void truncate(long size) throws IOException {
      answer(Work.TRUNCATE, path).give();
      file.truncate(size);
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public boolean inPlace() {
      return file.inPlace();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
