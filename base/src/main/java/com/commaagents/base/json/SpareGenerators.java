package com.commaagents.base.json;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.ObjectWriter;

/// Generators of JSON that are used again: to make one takes longer than to write a short text.
/// Thread-safe; a thread that finds none to spare makes one.
///
/// Limits: [#MAX_SPARE] are kept, each with some 16 KiB of its own and at most [#MAX_KEPT_BYTES]
/// for what it wrote.
final class SpareGenerators {
  static final int MAX_SPARE = 8;
  static final int MAX_KEPT_BYTES = 64 << 10;

  private static final int FIRST_BYTES = 512;

  private final ObjectWriter texts;
  private final AtomicReferenceArray<@Nullable Generator> spare =
      new AtomicReferenceArray<>(MAX_SPARE);

  /// @param texts makes generators that put nothing between two texts
  SpareGenerators(ObjectWriter texts) {
    this.texts = texts;
  }

  /// The UTF-8 of a text.
  byte[] write(Consumer<JsonGenerator> text) {
    // Threads that write at once mostly look in different places.
    int place = (int) (Thread.currentThread().threadId() % MAX_SPARE);
    Generator found = spare.getAndSet(place, null);
    Generator generator = found == null ? new Generator(texts) : found;
    byte[] written = generator.write(text);
    // One that has failed in the middle of a text never gets here.
    if (written.length <= MAX_KEPT_BYTES) {
      spare.setRelease(place, generator);
    }
    return written;
  }

  private static final class Generator {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(FIRST_BYTES);
    private final JsonGenerator out;

    Generator(ObjectWriter texts) {
      this.out = texts.createGenerator(bytes);
    }

    byte[] write(Consumer<JsonGenerator> text) {
      text.accept(out);
      out.flush();
      byte[] written = bytes.toByteArray();
      bytes.reset();
      return written;
    }
  }
}
