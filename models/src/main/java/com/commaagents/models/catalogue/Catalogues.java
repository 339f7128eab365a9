package com.commaagents.models.catalogue;

import com.commaagents.base.fault.Fault;
import com.commaagents.models.catalogue.CatalogueReader.Read;
import com.commaagents.base.file.SharedFile;
import com.commaagents.strategy.source.SourceReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The catalogue that counts: the bundled one, and over it the owner's file, which is read again
/// when it has changed. Thread-safe.
///
/// Nothing is read before the first question. Whatever is wrong with the owner's file is logged
/// once, told by [#problems], and left out; it never fails a question.
public final class Catalogues {
  private static final Logger LOG = LoggerFactory.getLogger(Catalogues.class);

  private static final String BUNDLED = "catalogue.json";

  private final Optional<SharedFile<Read>> file;
  private final Object lock = new Object();
  private @Nullable ModelCatalogue bundled;
  private @Nullable Joined joined;

  // The catalogue of the file as it was read last.
  private record Joined(Read own, ModelCatalogue catalogue) {}

  private static final Read NOTHING = new Read(ModelCatalogue.EMPTY, List.of());

  private Catalogues(Optional<SharedFile<Read>> file) {
    this.file = file;
  }

  /// With the owner's file, which need not exist.
  public static Catalogues with(Path file) {
    return new Catalogues(
        Optional.of(
            new SharedFile<>(file, SourceReader.MAX_BYTES, NOTHING, CatalogueReader::read)));
  }

  /// The bundled catalogue alone.
  public static Catalogues bundled() {
    return new Catalogues(Optional.empty());
  }

  public ModelCatalogue current() {
    return joined().catalogue();
  }

  /// What is wrong with the owner's file: `FILE:LINE:COLUMN: FIELD: what was expected`, one each.
  public List<String> problems() {
    return joined().own().problems();
  }

  private Joined joined() {
    Read own = file.map(Catalogues::read).orElse(NOTHING);
    synchronized (lock) {
      Joined known = joined;
      if (known == null
          || known.own().catalogue() != own.catalogue()
          || !known.own().problems().equals(own.problems())) {
        own.problems().forEach(problem -> LOG.warn("{}", problem));
        known = new Joined(own, own.catalogue().or(bundledOne()));
        joined = known;
      }
      return known;
    }
  }

  private static Read read(SharedFile<Read> file) {
    try {
      Read read = file.value();
      Stream<String> placed = read.problems().stream().map(one -> file.path() + ":" + one);
      return new Read(read.catalogue(), placed.toList());
    } catch (Fault unreadable) {
      return new Read(ModelCatalogue.EMPTY, List.of(unreadable.message()));
    }
  }

  private ModelCatalogue bundledOne() {
    ModelCatalogue known = bundled;
    if (known == null) {
      try (InputStream in = Catalogues.class.getResourceAsStream(BUNDLED)) {
        if (in == null) {
          throw new IllegalStateException("the bundled catalogue is missing");
        }
        Read read = CatalogueReader.read(in.readAllBytes());
        if (!read.problems().isEmpty()) {
          throw new IllegalStateException("the bundled catalogue is malformed: " + read.problems());
        }
        known = read.catalogue();
        bundled = known;
      } catch (IOException cause) {
        throw new UncheckedIOException(cause);
      }
    }
    return known;
  }
}
