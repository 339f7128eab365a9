package com.commaagents.runs.store;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.id.RunId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A process that opens a runs folder, writes one entry, says `holding`, and holds the folder until
/// its input ends; or says why it cannot. Arguments: the folder; the name of holder and run.
final class StoreHolder {
  private StoreHolder() {}

  public static void main(String[] arguments) throws IOException {
    try (FileRunStore store = FileRunStore.open(Path.of(arguments[0]), arguments[1])) {
      RunStoreContract.append(
          store, new RunId(arguments[1]), List.of(Entries.started(Entries.at(0), "")));
      System.out.println("holding");
      while (System.in.read() >= 0) {
        // Until the parent closes it.
      }
    } catch (Fault refused) {
      System.out.println(refused.message());
    }
  }
}
