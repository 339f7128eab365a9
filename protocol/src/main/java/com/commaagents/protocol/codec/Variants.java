package com.commaagents.protocol.codec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// A family of objects that their `type` tells apart.
final class Variants<T> implements Kind<T> {
  static final String TYPE = "type";

  private final Map<String, Shape<? extends T>> byType = new LinkedHashMap<>();
  private final Map<Class<?>, Shape<? extends T>> byClass = new LinkedHashMap<>();

  private Variants() {}

  static <T> Variants<T> of(List<Shape<? extends T>> shapes) {
    Variants<T> variants = new Variants<>();
    for (Shape<? extends T> shape : shapes) {
      variants.byType.put(shape.type().orElseThrow(), shape);
      variants.byClass.put(shape.of(), shape);
    }
    return variants;
  }

  Set<String> types() {
    return byType.keySet();
  }

  Set<Class<?>> classes() {
    return byClass.keySet();
  }

  List<Shape<? extends T>> shapes() {
    return List.copyOf(byType.values());
  }

  /// The type an object claims, where it is one of this family.
  Optional<String> typeOf(JsonNode value) {
    JsonNode type = value.path(TYPE);
    return type.isString() && byType.containsKey(type.stringValue())
        ? Optional.of(type.stringValue())
        : Optional.empty();
  }

  @Override
  public void check(String path, JsonNode value, Problems problems) {
    Optional<Shape<? extends T>> shape = shapeOf(value);
    if (shape.isPresent()) {
      shape.get().check(path, value, problems);
    } else if (!value.isObject()) {
      problems.add(path, "Expected object, received " + Kinds.received(value));
    } else {
      problems.add(
          Problems.within(path, TYPE),
          value
              .optional(TYPE)
              .map(type -> "received " + Kinds.echoed(type))
              .map(received -> "Expected one of " + Kinds.words(types()) + ", " + received)
              .orElse("Required"));
    }
  }

  @Override
  public T read(JsonNode value) {
    return shapeOf(value).orElseThrow().read(value);
  }

  @Override
  public void write(T value, JsonWriter out) {
    Shape<? extends T> shape = byClass.get(value.getClass());
    if (shape == null) {
      throw new IllegalStateException("no shape for " + value.getClass());
    }
    write(shape, value, out);
  }

  private static <M> void write(Shape<M> shape, Object value, JsonWriter out) {
    shape.write(shape.of().cast(value), out);
  }

  private Optional<Shape<? extends T>> shapeOf(JsonNode value) {
    return typeOf(value).map(byType::get);
  }
}
