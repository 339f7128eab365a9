package com.commaagents.strategy.load;

import com.commaagents.strategy.wording.Shown;
import java.util.regex.Pattern;

/// Where in a strategy a value stands, as people write it: `agents.writer.tools[2]`.
sealed interface FieldPath {
  Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@/:$-]+");

  record Top() implements FieldPath {
    @Override
    public String toString() {
      return "";
    }
  }

  record Named(FieldPath parent, String name) implements FieldPath {
    @Override
    public String toString() {
      if (!PLAIN.matcher(name).matches()) {
        return parent + "[" + Shown.quoted(name) + "]";
      }
      return parent instanceof Top ? Shown.bare(name) : parent + "." + Shown.bare(name);
    }
  }

  record Indexed(FieldPath parent, int index) implements FieldPath {
    @Override
    public String toString() {
      return parent + "[" + index + "]";
    }
  }

  default FieldPath field(String name) {
    return new Named(this, name);
  }

  default FieldPath item(int index) {
    return new Indexed(this, index);
  }
}
