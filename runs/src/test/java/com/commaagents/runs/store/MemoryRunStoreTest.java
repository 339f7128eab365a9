package com.commaagents.runs.store;

class MemoryRunStoreTest implements RunStoreContract {
  @Override
  public RunStore open() {
    return new MemoryRunStore();
  }
}
