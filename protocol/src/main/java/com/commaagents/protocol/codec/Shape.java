package com.commaagents.protocol.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/// A JSON object that stands for one record: its fields in the order they are written, which of
/// them must be there, and how the record is made. What it does not name is ignored.
final class Shape<M> implements Kind<M> {
  private final Optional<String> type;
  private final Optional<byte[]> writtenType;
  private final Class<M> of;
  private final List<Member<M>> members;
  private final BiConsumer<Given, Problems> rule;
  private final Function<Given, M> maker;

  private Shape(Builder<M> builder, Function<Given, M> maker) {
    this.type = builder.type;
    this.writtenType =
        type.map(name -> ("\"type\":\"" + name + "\"").getBytes(StandardCharsets.US_ASCII));
    this.of = builder.of;
    this.members = List.copyOf(builder.members);
    this.rule = builder.rule;
    this.maker = maker;
  }

  /// An object without a `type`.
  static <M> Builder<M> object(Class<M> of) {
    return new Builder<>(Optional.empty(), of, UnaryOperator.identity());
  }

  /// One variant of a family that `type` tells apart; `type` is written first.
  static <M> Builder<M> typed(String type, Class<M> of) {
    return new Builder<>(Optional.of(type), of, UnaryOperator.identity());
  }

  /// A variant whose last members are those of its family.
  static <M> Builder<M> typed(String type, Class<M> of, UnaryOperator<Builder<M>> last) {
    return new Builder<>(Optional.of(type), of, last);
  }

  Optional<String> type() {
    return type;
  }

  Class<M> of() {
    return of;
  }

  List<String> fieldNames() {
    return members.stream().map(member -> member.field().name()).toList();
  }

  @Override
  public void check(String path, JsonNode value, Problems problems) {
    if (!value.isObject()) {
      problems.add(path, "Expected object, received " + Kinds.received(value));
      return;
    }
    for (Member<M> member : members) {
      member.check(path, value, problems);
    }
    if (problems.isEmpty()) {
      rule.accept(new Given(value), problems);
    }
  }

  @Override
  public M read(JsonNode value) {
    return maker.apply(new Given(value));
  }

  @Override
  public void write(M value, JsonWriter out) {
    out.beginObject();
    writtenType.ifPresent(out::raw);
    for (Member<M> member : members) {
      member.writer().accept(value, out);
    }
    out.endObject();
  }

  private record Member<M>(Field<?> field, boolean required, BiConsumer<M, JsonWriter> writer) {
    void check(String path, JsonNode object, Problems problems) {
      Optional<JsonNode> value = object.optional(field.name());
      String fieldPath = Problems.within(path, field.name());
      if (value.isPresent()) {
        field.kind().check(fieldPath, value.get(), problems);
      } else if (required) {
        problems.add(fieldPath, "Required");
      }
    }
  }

  /// Collects a shape's members; used once.
  static final class Builder<M> {
    private final Optional<String> type;
    private final Class<M> of;
    private final UnaryOperator<Builder<M>> last;
    private final List<Member<M>> members = new ArrayList<>();
    private BiConsumer<Given, Problems> rule = (given, problems) -> {};

    private Builder(Optional<String> type, Class<M> of, UnaryOperator<Builder<M>> last) {
      this.type = type;
      this.of = of;
      this.last = last;
    }

    <T> Builder<M> required(Field<T> field, Function<M, T> getter) {
      return add(field, true, (value, out) -> field.write(getter.apply(value), out));
    }

    <T> Builder<M> optional(Field<T> field, Function<M, Optional<T>> getter) {
      return add(
          field,
          false,
          (value, out) -> getter.apply(value).ifPresent(present -> field.write(present, out)));
    }

    Builder<M> optionalLong(Field<Long> field, Function<M, OptionalLong> getter) {
      return add(
          field,
          false,
          (value, out) -> getter.apply(value).ifPresent(present -> field.write(present, out)));
    }

    Builder<M> optionalDouble(Field<Double> field, Function<M, OptionalDouble> getter) {
      return add(
          field,
          false,
          (value, out) -> getter.apply(value).ifPresent(present -> field.write(present, out)));
    }

    /// What must hold between fields; asked only when each of them fits.
    Builder<M> rule(BiConsumer<Given, Problems> between) {
      rule = between;
      return this;
    }

    Shape<M> make(Function<Given, M> maker) {
      return new Shape<>(last.apply(this), maker);
    }

    private Builder<M> add(Field<?> field, boolean required, BiConsumer<M, JsonWriter> writer) {
      members.add(new Member<>(field, required, writer));
      return this;
    }
  }
}
