package com.commaagents.tools.web;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;

/// A page as Markdown: headings, paragraphs, lists, links, code, quotations and tables. What a
/// reader does not see is left out. Total on any tree, however deep.
final class Markdown implements NodeFilter {
  static final Set<String> UNSEEN =
      Set.of(
          "script",
          "style",
          "noscript",
          "template",
          "svg",
          "head",
          "iframe",
          "object",
          "canvas",
          "form",
          "button",
          "input",
          "select",
          "textarea",
          "dialog");
  private static final Set<String> BLOCKS =
      Set.of(
          "p",
          "div",
          "section",
          "article",
          "main",
          "header",
          "footer",
          "nav",
          "aside",
          "figure",
          "figcaption",
          "address",
          "dl",
          "dt",
          "dd",
          "table",
          "ul",
          "ol",
          "blockquote",
          "pre",
          "details",
          "summary",
          "body",
          "fieldset",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6");
  private static final int MAX_INDENT = 10;

  private final boolean plain;
  private final StringBuilder out = new StringBuilder();
  // The innermost list first: 0 for bullets, else the number of the last item.
  private final Deque<Integer> lists = new ArrayDeque<>();
  private int quotes;
  private int quotesBefore;
  private int code;
  private int cells;
  // Directly behind the mark of a list item or heading, or in a cell, no paragraph begins.
  private boolean glued;
  private boolean breakDue;
  private boolean spaceDue;

  private Markdown(boolean plain) {
    this.plain = plain;
  }

  /// @param page with the address that its links are relative to
  static String of(Document page) {
    return of(page, false);
  }

  /// What a reader sees, without marks.
  static String plain(Document page) {
    return of(page, true);
  }

  private static String of(Document page, boolean plain) {
    Markdown markdown = new Markdown(plain);
    page.body().filter(markdown);
    return markdown.out.toString().strip();
  }

  @Override
  public FilterResult head(Node node, int depth) {
    if (node instanceof TextNode text) {
      text(text);
      return FilterResult.CONTINUE;
    }
    if (!(node instanceof Element element)) {
      return FilterResult.SKIP_ENTIRELY;
    }
    String name = element.normalName();
    if (UNSEEN.contains(name) || element.hasAttr("hidden")) {
      return FilterResult.SKIP_ENTIRELY;
    }
    separate(name);
    open(element, name);
    return FilterResult.CONTINUE;
  }

  private void open(Element element, String name) {
    switch (name) {
      case "h1", "h2", "h3", "h4", "h5", "h6" -> {
        if (!plain) {
          prefix("#".repeat(name.charAt(1) - '0') + " ");
        }
      }
      case "ul" -> lists.push(0);
      case "ol" -> lists.push(1);
      case "li" -> item(element);
      case "blockquote" -> quotes += plain ? 0 : 1;
      case "pre" -> {
        write(plain ? "" : "```\n");
        code++;
      }
      case "code" -> mark(element, "`");
      case "strong", "b" -> mark(element, "**");
      case "em", "i" -> mark(element, "*");
      case "a" -> {
        if (isLink(element)) {
          write("[");
        }
      }
      case "img" -> image(element);
      case "br" -> line();
      case "hr" -> {
        breakDue = true;
        write("---");
        breakDue = true;
      }
      case "tr" -> line();
      case "td", "th" -> {
        prefix(element.elementSiblingIndex() == 0 ? "| " : " | ");
        cells++;
      }
      default -> {}
    }
  }

  @Override
  public FilterResult tail(Node node, int depth) {
    if (node instanceof Element element) {
      String name = element.normalName();
      close(element, name);
      separate(name);
    }
    return FilterResult.CONTINUE;
  }

  private void separate(String name) {
    boolean innerList = !lists.isEmpty() && (name.equals("ul") || name.equals("ol"));
    if (BLOCKS.contains(name) && !innerList) {
      breakDue |= cells == 0;
      spaceDue |= cells > 0;
    }
  }

  private void close(Element element, String name) {
    switch (name) {
      case "ul", "ol" -> lists.poll();
      case "blockquote" -> quotes -= plain ? 0 : 1;
      case "pre" -> {
        code--;
        if (!plain) {
          line();
          write("```");
        }
      }
      case "code" -> endMark(element, "`");
      case "strong", "b" -> endMark(element, "**");
      case "em", "i" -> endMark(element, "*");
      case "a" -> {
        if (isLink(element)) {
          out.append("](").append(element.absUrl("href")).append(')');
        }
      }
      case "td", "th" -> cells--;
      case "tr" -> endRow(element);
      default -> {}
    }
  }

  private void text(TextNode node) {
    if (code > 0) {
      write(node.getWholeText());
      return;
    }
    String text = node.text().replaceAll("\\s+", " ");
    if (text.isBlank()) {
      spaceDue |= !text.isEmpty();
      return;
    }
    spaceDue |= text.startsWith(" ");
    write(text.strip());
    spaceDue = text.endsWith(" ");
  }

  private void item(Element item) {
    breakDue &= lists.size() <= 1 && item.elementSiblingIndex() == 0;
    line();
    int number = lists.isEmpty() ? 0 : lists.pop();
    String indent = "  ".repeat(Math.min(lists.size(), MAX_INDENT));
    lists.push(number == 0 ? 0 : number + 1);
    prefix(indent + (number == 0 ? "- " : number + ". "));
  }

  private void image(Element image) {
    String description = image.attr("alt").strip();
    if (!plain && !description.isEmpty() && !image.absUrl("src").isEmpty()) {
      write("![" + description + "](" + image.absUrl("src") + ")");
    }
  }

  private void mark(Element element, String mark) {
    if (isMarked(element)) {
      write(mark);
    }
  }

  private void endMark(Element element, String mark) {
    if (isMarked(element)) {
      out.append(mark);
    }
  }

  private boolean isMarked(Element element) {
    return !plain && code == 0 && element.hasText();
  }

  private boolean isLink(Element element) {
    return !plain && element.hasText() && element.absUrl("href").startsWith("http");
  }

  private void endRow(Element row) {
    out.append(" |");
    Element table = row.closest("table");
    if (!plain && table != null && row.equals(table.selectFirst("tr"))) {
      line();
      out.append("|").append(" --- |".repeat(row.childrenSize()));
    }
  }

  private void prefix(String mark) {
    write(mark);
    glued = true;
  }

  private void line() {
    spaceDue = false;
    if (!out.isEmpty() && out.charAt(out.length() - 1) != '\n') {
      out.append('\n').append("> ".repeat(quotes));
    }
  }

  private void write(String text) {
    boolean atStart = glued || out.isEmpty() || out.charAt(out.length() - 1) == '\n';
    breakDue &= !glued;
    glued = false;
    if (breakDue) {
      breakDue = false;
      spaceDue = false;
      if (!out.isEmpty()) {
        out.append(atStart ? "" : "\n")
            .append(">".repeat(Math.min(quotes, quotesBefore)))
            .append('\n');
      }
      out.append("> ".repeat(quotes));
      atStart = true;
    }
    if (spaceDue && !atStart && out.charAt(out.length() - 1) != ' ') {
      out.append(' ');
    }
    spaceDue = false;
    quotesBefore = quotes;
    out.append(text);
  }
}
