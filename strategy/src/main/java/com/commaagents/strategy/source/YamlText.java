package com.commaagents.strategy.source;

import com.commaagents.strategy.source.SourceNode.Field;
import com.commaagents.strategy.source.SourceNode.Mapping;
import com.commaagents.strategy.source.SourceNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Reads one YAML document from the events of the parser.
///
/// Why events and not the library's node tree: its composer recurses as deep as the text goes and
/// shares what an alias names; here both are counted while they are read. Merge keys (`<<`) and
/// `${…}` are not part of YAML 1.2 and mean nothing.
///
/// Source: YAML 1.2.2, core schema (chapter 10.3).
final class YamlText {
  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setLabel("strategy")
          .setCodePointLimit(SourceReader.MAX_BYTES)
          .setParseComments(false)
          .build();

  /// What an alias may name: a value, how many values it stands for and how deep they go.
  private record Anchored(SourceNode node, int size, int height) {}

  private final Budget budget = new Budget();
  private final Map<Anchor, Anchored> anchors = new HashMap<>();
  private final ParserImpl events;

  /// The deepest level reached since it was last reset, to know the height of what was read.
  private int deepest;

  YamlText(String text) {
    refuseUnprintable(text);
    this.events = new ParserImpl(SETTINGS, new StreamReader(SETTINGS, text));
  }

  /// The value of the one document.
  SourceNode read() {
    try {
      take();
      if (isNext(Event.ID.StreamEnd)) {
        throw new MalformedText(Position.START, "the file is empty");
      }
      take();
      SourceNode root = node(1);
      take();
      if (!isNext(Event.ID.StreamEnd)) {
        throw new MalformedText(
            at(events.peekEvent()), "expected one document, here begins another");
      }
      return root;
    } catch (YamlEngineException notYaml) {
      throw YamlMistakes.translate(notYaml);
    }
  }

  /// @param level of a list or an object, were it one
  private SourceNode node(int level) {
    Event event = take();
    return switch (event) {
      case AliasEvent alias -> resolve(alias, level);
      case ScalarEvent scalar -> scalar(scalar);
      case SequenceStartEvent start -> {
        requireTag(start.getTag(), "tag:yaml.org,2002:seq", at(start));
        yield collection(start.getAnchor(), at(start), level, false);
      }
      case MappingStartEvent start -> {
        requireTag(start.getTag(), "tag:yaml.org,2002:map", at(start));
        yield collection(start.getAnchor(), at(start), level, true);
      }
      default -> throw new IllegalStateException("no value begins with " + event.getEventId());
    };
  }

  private SourceNode scalar(ScalarEvent event) {
    Position at = at(event);
    budget.spend(1, at);
    SourceNode node = YamlScalars.resolve(event, at);
    event.getAnchor().ifPresent(anchor -> anchors.put(anchor, new Anchored(node, 1, 0)));
    return node;
  }

  private SourceNode collection(Optional<Anchor> anchor, Position at, int level, boolean mapping) {
    budget.descend(level, at);
    anchor.ifPresent(anchors::remove);
    int spentBefore = budget.spent();
    int deepestBefore = deepest;
    deepest = level;
    budget.spend(1, at);
    SourceNode node = mapping ? mapping(at, level) : sequence(at, level);
    Anchored whole = new Anchored(node, budget.spent() - spentBefore, deepest - level + 1);
    anchor.ifPresent(name -> anchors.put(name, whole));
    deepest = Math.max(deepest, deepestBefore);
    return node;
  }

  private SourceNode sequence(Position at, int level) {
    List<SourceNode> items = new ArrayList<>();
    while (!isNext(Event.ID.SequenceEnd)) {
      items.add(node(level + 1));
    }
    take();
    return new Sequence(items, at);
  }

  private SourceNode mapping(Position at, int level) {
    List<Field> fields = new ArrayList<>();
    while (!isNext(Event.ID.MappingEnd)) {
      fields.add(field(level));
    }
    take();
    return Mapping.of(fields, at);
  }

  private Field field(int level) {
    Event key = take();
    Position at = at(key);
    String name =
        switch (key) {
          case ScalarEvent scalar -> {
            scalar(scalar);
            yield scalar.getValue();
          }
          default -> throw new MalformedText(at, "expected the name of a field as plain text");
        };
    return new Field(name, at, node(level + 1));
  }

  private SourceNode resolve(AliasEvent alias, int level) {
    Position at = at(alias);
    Anchored named = anchors.get(alias.getAlias());
    if (named == null) {
      throw new MalformedText(
          at, "expected an alias of an anchor that was completed before this place");
    }
    budget.spend(named.size(), at);
    int bottom = level + named.height() - 1;
    budget.descend(bottom, at);
    deepest = Math.max(deepest, bottom);
    return named.node();
  }

  private static void requireTag(Optional<String> tag, String expected, Position at) {
    if (tag.isPresent() && !tag.get().equals(expected) && !tag.get().equals("!")) {
      throw new MalformedText(at, YamlScalars.UNKNOWN_TAG);
    }
  }

  private boolean isNext(Event.ID id) {
    return events.checkEvent(id);
  }

  private Event take() {
    return events.next();
  }

  private static Position at(Event event) {
    return event.getStartMark().map(YamlText::position).orElse(Position.START);
  }

  static Position position(Mark mark) {
    return new Position(mark.getLine() + 1, mark.getColumn() + 1);
  }

  /// The library's own refusal has no line: characters it does not take are found before it.
  private static void refuseUnprintable(String text) {
    for (int index = 0; index < text.length(); ) {
      int character = text.codePointAt(index);
      if (!StreamReader.isPrintable(character)) {
        throw new MalformedText(
            new LineCounter(text).positionOf(index),
            "a control character; YAML takes it only as an escape in double quotes");
      }
      index += Character.charCount(character);
    }
  }
}
