package com.commaagents.packages.registry;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.packages.disk.PrivateTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// A registry: an index, and archives that are held against it. Asked anew each time; thread-safe.
///
/// Limits: an index of more than [#MAX_INDEX_BYTES], an archive of more than [#MAX_ARCHIVE_BYTES]
/// is refused; those of [Download].
public final class Registry {
  static final int MAX_INDEX_BYTES = 8 << 20;
  static final int MAX_ARCHIVE_BYTES = 64 << 20;

  private static final String INDEX = "index.json";
  private static final Pattern ADDRESS = Pattern.compile("[A-Za-z]+:.*");
  private static final int BUFFER_BYTES = 64 << 10;

  private final RegistryAddress address;
  private final Download download;

  public Registry(RegistryAddress address, Download download) {
    this.address = address;
    this.download = download;
  }

  /// @throws Fault `UPSTREAM` when it cannot be had, or is wrong
  public Index index() throws InterruptedException {
    byte[] json =
        switch (address) {
          case RegistryAddress.Folder(Path folder) -> read(folder.resolve(INDEX));
          case RegistryAddress.Web(URI url) -> download.bytes(url, MAX_INDEX_BYTES);
        };
    return IndexReader.read(json, address.shown());
  }

  private static byte[] read(Path file) {
    try (InputStream content = Files.newInputStream(file)) {
      byte[] bytes = content.readNBytes(MAX_INDEX_BYTES + 1);
      if (bytes.length > MAX_INDEX_BYTES) {
        throw upstream(file + " is larger than " + MAX_INDEX_BYTES + " bytes");
      }
      return bytes;
    } catch (NoSuchFileException missing) {
      throw upstream("there is no " + file);
    } catch (IOException unreadable) {
      throw upstream(file + " cannot be read (" + unreadable.getClass().getSimpleName() + ")");
    }
  }

  /// Puts a release's archive into a new file, and returns when it is what the index says.
  ///
  /// @throws Fault `UPSTREAM` when it cannot be had, or is another; `PERSISTENCE` when it cannot be
  ///   written
  public void fetch(Release release, Path into) throws InterruptedException {
    try {
      PrivateTree.makeFile(into);
      switch (address) {
        case RegistryAddress.Web(URI index) ->
            download.file(target(release, Optional.of(index)), into, MAX_ARCHIVE_BYTES);
        case RegistryAddress.Folder _ when ADDRESS.matcher(release.archive()).matches() ->
            download.file(target(release, Optional.empty()), into, MAX_ARCHIVE_BYTES);
        case RegistryAddress.Folder(Path folder) -> copy(release, folder, into);
      }
      requireAsSaid(release, into);
    } catch (ClosedByInterruptException stopped) {
      throw PrivateTree.interrupted();
    } catch (IOException refused) {
      throw new Fault(
          FaultCode.PERSISTENCE,
          "The archive of " + release + " cannot be written: " + refused.getMessage() + ".",
          refused);
    }
  }

  private static URI target(Release release, Optional<URI> index) {
    try {
      URI named = new URI(release.archive());
      URI url = index.map(base -> base.resolve(named)).orElse(named);
      if (RegistryAddress.leads(index.orElse(url), url)) {
        return url;
      }
    } catch (URISyntaxException notAnAddress) {
      // Told below.
    }
    throw upstream(
        "the archive of "
            + release
            + " has no address that may be asked: expected https, or a path relative to the index");
  }

  private static void copy(Release release, Path folder, Path into) throws IOException {
    Path file = inside(release, folder);
    try (InputStream in = Files.newInputStream(file);
        OutputStream out = Files.newOutputStream(into)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      long left = release.size() + 1;
      int read;
      while (left > 0 && (read = in.read(buffer, 0, (int) Math.min(left, BUFFER_BYTES))) > 0) {
        out.write(buffer, 0, read);
        left -= read;
      }
    }
  }

  private static Path inside(Release release, Path folder) {
    try {
      Path real = folder.toRealPath();
      Path file = real.resolve(release.archive()).toRealPath();
      if (file.startsWith(real) && Files.isRegularFile(file)) {
        return file;
      }
    } catch (IOException | InvalidPathException notThere) {
      // Told below.
    }
    throw upstream("the archive of " + release + " is no file in the registry's folder " + folder);
  }

  private static void requireAsSaid(Release release, Path archive) throws IOException {
    long size = Files.size(archive);
    if (size != release.size()) {
      throw other(release, "it has " + size + " bytes in place of " + release.size());
    }
    String sha256 = sha256(archive);
    if (!sha256.equals(release.sha256())) {
      throw other(release, "its SHA-256 is " + sha256 + " in place of " + release.sha256());
    }
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream content = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[BUFFER_BYTES];
      int read;
      while ((read = content.read(buffer)) > 0) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  private static Fault other(Release release, String how) {
    return upstream(
        "the archive of "
            + release
            + " is not the one of the index: "
            + how
            + "; it may be damaged or forged, ask whoever keeps the registry");
  }

  private static Fault upstream(String what) {
    return new Fault(FaultCode.UPSTREAM, "The package registry: " + what + ".");
  }
}
