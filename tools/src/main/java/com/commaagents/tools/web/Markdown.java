package com.commaagents.tools.web;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;

/// A page as Markdown: headings, paragraphs, lists, links, code, quotations and tables. What a
/// reader does not see is left out. Total on any tree, however deep.
///
/// Limits: ends soon after [WebFetch#MAX_CHARACTERS], or when the thread is interrupted; addresses
/// longer than [WebAddress#MAX_LENGTH] are none.
final class Markdown implements NodeFilter {
  private static final int MAX_INDENT = 10;

  private final boolean plain;
  private final StringBuilder out = new StringBuilder();
  // The innermost list first: 0 for bullets, else the number of the last item.
  private final Deque<Integer> lists = new ArrayDeque<>();
  private int quotes;
  private int quotesBefore;
  private int code;
  private int cells;
  // The innermost table first: how many of its rows have ended.
  private final Deque<Integer> tables = new ArrayDeque<>();
  // Directly behind the mark of a list item or heading, or in a cell, no paragraph begins.
  private boolean glued;
  private boolean breakDue;
  private boolean spaceDue;

  private Markdown(boolean plain) {
    this.plain = plain;
  }

  /// @param page with the address that its links are relative to
  static PageText of(Document page) throws InterruptedException {
    return of(page, false);
  }

  /// What a reader sees, without marks.
  static PageText plain(Document page) throws InterruptedException {
    return of(page, true);
  }

  private static PageText of(Document page, boolean plain) throws InterruptedException {
    Markdown markdown = new Markdown(plain);
    boolean whole = NodeTraversor.filter(markdown, page.body()) != FilterResult.STOP;
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return new PageText(markdown.out.toString().strip(), !whole);
  }

  @Override
  public FilterResult head(Node node, int depth) {
    if (out.length() > WebFetch.MAX_CHARACTERS || Thread.currentThread().isInterrupted()) {
      return FilterResult.STOP;
    }
    if (node instanceof TextNode text) {
      text(text);
      return FilterResult.CONTINUE;
    }
    if (!(node instanceof Element element)) {
      return FilterResult.SKIP_ENTIRELY;
    }
    String name = element.normalName();
    if (ElementKinds.UNSEEN.contains(name) || element.hasAttr("hidden")) {
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
      case "table" -> tables.push(0);
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
        prefix(isFirst(element) ? "| " : " | ");
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
    if (ElementKinds.BLOCKS.contains(name) && !innerList) {
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
          out.append("](").append(address(element, "href")).append(')');
        }
      }
      case "td", "th" -> cells--;
      case "table" -> tables.poll();
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
    breakDue &= lists.size() <= 1 && isFirst(item);
    line();
    int number = lists.isEmpty() ? 0 : lists.pop();
    String indent = "  ".repeat(Math.min(lists.size(), MAX_INDENT));
    lists.push(number == 0 ? 0 : number + 1);
    prefix(indent + (number == 0 ? "- " : number + ". "));
  }

  private void image(Element image) {
    String description = image.attr("alt").strip();
    String address = plain || description.isEmpty() ? "" : address(image, "src");
    if (!address.isEmpty()) {
      write("![" + description + "](" + address + ")");
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
    return !plain && element.hasText() && address(element, "href").startsWith("http");
  }

  // A page may name a base of its own for all its addresses.
  private static String address(Element element, String attribute) {
    boolean tooLong =
        element.attr(attribute).length() > WebAddress.MAX_LENGTH
            || element.baseUri().length() > WebAddress.MAX_LENGTH;
    return tooLong ? "" : element.absUrl(attribute);
  }

  // Not by its number, for which all its siblings would be counted.
  private static boolean isFirst(Element element) {
    return element.previousElementSibling() == null;
  }

  private void endRow(Element row) {
    out.append(" |");
    int rowsBefore = tables.isEmpty() ? 0 : tables.pop();
    tables.push(rowsBefore + 1);
    if (!plain && rowsBefore == 0) {
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
