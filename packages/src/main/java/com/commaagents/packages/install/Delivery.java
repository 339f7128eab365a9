package com.commaagents.packages.install;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.packages.archive.UnsafeArchive;
import com.commaagents.packages.archive.Unpacking;
import com.commaagents.packages.disk.PrivateTree;
import com.commaagents.packages.registry.Registry;
import com.commaagents.packages.registry.Release;
import java.io.IOException;
import java.nio.file.Path;

/// A release from its registry, unpacked in the workplace.
public final class Delivery {
  private Delivery() {}

  /// @param work an empty folder
  /// @throws Fault `UPSTREAM` when it cannot be had, or is not what the index promises
  public static Contents of(Release release, Registry registry, Path work)
      throws IOException, InterruptedException {
    Path archive = work.resolve("archive.zip");
    registry.fetch(release, archive);
    Path content = work.resolve("content");
    PrivateTree.makeFolder(content);
    try {
      Unpacking.unpack(archive, content);
    } catch (UnsafeArchive refused) {
      throw new Fault(
          FaultCode.UPSTREAM,
          "The archive of "
              + release
              + " is not unpacked: "
              + refused.getMessage()
              + ". Nothing was installed; ask whoever keeps the registry.",
          refused);
    }
    return Contents.of(content, release);
  }
}
