package com.commaagents.engine.fakes;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.engine.model.Model;
import com.commaagents.engine.model.ModelInfo;
import com.commaagents.engine.model.ModelRegistry;
import com.commaagents.engine.model.ModelScope;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Every model exists, except `nokey/…`, which lacks a credential.
public final class FakeModels implements ModelRegistry {
  private final Map<String, FakeModel> models = new ConcurrentHashMap<>();

  public FakeModel get(String name) {
    return models.computeIfAbsent(name, FakeModel::new);
  }

  @Override
  public Model model(String name, ModelScope scope) {
    if (name.startsWith("nokey/")) {
      throw new Fault(FaultCode.CREDENTIALS, "no credential for nokey");
    }
    return get(name);
  }

  @Override
  public ModelInfo info(String name) {
    return get(name).info();
  }
}
