package com.commaagents.tools.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Pages that are made to cost much. What they come to is counted, for what it takes depends on the
/// machine.
@Timeout(60)
final class HostilePagesTest {
  private static final URI ADDRESS = URI.create("http://site.test/");
  // Elements that are still to be closed are repeated, a dozen at most for each tag.
  private static final int MOST_NODES_OF_A_TAG = 13;

  /// As large as a page may be, and worse than any that is meant to be read.
  enum Page {
    DEEP(filled("<div>")),
    NEVER_CLOSED(filled("<p><a>")),
    SELDOM_CLOSED(filled("<b>") + "</b>"),
    CLOSED_THOUGH_NEVER_OPENED("<div>".repeat(500) + filled("</p>")),
    FORMATS(filled("<b><i><u><s><p>")),
    FORMATS_THAT_DIFFER(numbered("<b id=%d><p>")),
    MISNESTED(filled("<b><div></b>")),
    ADOPTED(filled("<a><div>")),
    TABLES_IN_TABLES(filled("<table><td>")),
    FOSTERED("<table>" + filled("x<b>")),
    ONE_ROW("<table><tr>" + filled("<td>")),
    ROWS_BEHIND_A_LONG_CAPTION("<table><caption>" + "<i></i>".repeat(20_000) + filled("<tr><td>x")),
    ITEMS("<ul>" + filled("<li>x")),
    QUOTATIONS("<blockquote>".repeat(500) + filled("<p>x")),
    ATTRIBUTES(filled("<p a b c d e f g h i j k l m n o p q r s t u v w x y z>")),
    MANY_ATTRIBUTES("<p " + numbered("a%d ") + ">"),
    ONE_ATTRIBUTE("<p " + filled("a ") + ">"),
    BASE_OF_MEGABYTES(
        "<base href='ftp://x/" + "y".repeat(4 << 20) + "'>" + "<a href=z>x</a>".repeat(50_000)),
    TITLE_THAT_NEARLY_FITS(
        "<title>" + "# ".repeat(1 << 20) + "x</title><p>" + "# ".repeat(1 << 20)),
    COMMENTS(filled("<!---->")),
    ENTITIES(filled("&amp;")),
    SVG(filled("<svg><desc><p>"));

    private final String text;

    Page(String text) {
      this.text = text;
    }

    byte[] bytes() {
      return text.getBytes(UTF_8);
    }

    private static String filled(String piece) {
      return piece.repeat(WebClient.MAX_BYTES / piece.length());
    }

    private static String numbered(String piece) {
      return IntStream.range(0, 200_000).mapToObj(piece::formatted).collect(Collectors.joining());
    }
  }

  @ParameterizedTest
  @EnumSource
  void makesOfNoPageMoreThanIsShownOfIt(Page page) throws Exception {
    PageSource source = new PageSource(page.bytes(), () -> false);
    Document document = PageFormat.parse(source, Optional.of(UTF_8), ADDRESS);
    AtomicInteger nodes = new AtomicInteger();
    document.traverse((_, _) -> nodes.incrementAndGet());

    assertThat(nodes.get()).isLessThan(MOST_NODES_OF_A_TAG * PageSource.MAX_TAGS);
    long tags = page.text.chars().filter(c -> c == '<').count();
    assertThat(source.isCut()).isEqualTo(tags > PageSource.MAX_TAGS);
    assertThat(PageFormat.MARKDOWN.render(document).text()).hasSizeLessThan(WebClient.MAX_BYTES);
    assertThat(PageFormat.TEXT.render(document).text()).hasSizeLessThan(WebClient.MAX_BYTES);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void readsSoManyTagsAndSaysWhenThereAreMore(int more) throws Exception {
    PageText text = text("<u>".repeat(PageSource.MAX_TAGS - 1 + more) + "text<p>behind");

    assertThat(text.text()).isEqualTo(more == 0 ? "text\n\nbehind" : "text");
    assertThat(text.cut()).isEqualTo(more > 0);
  }

  @Test
  void endsWhereNobodyReadsOn() throws Exception {
    String letters = "x".repeat(1_000);
    int enough = WebFetch.MAX_CHARACTERS / 1_002;

    assertThat(text(("<p>" + letters).repeat(enough)).cut()).isFalse();
    PageText more = text(("<p>" + letters).repeat(2 * enough));
    assertThat(more.cut()).isTrue();
    assertThat(more.text())
        .hasSizeBetween(WebFetch.MAX_CHARACTERS, WebFetch.MAX_CHARACTERS + 2_000);
  }

  @Test
  void takesNoAddressThatIsTooLong() throws Exception {
    String longest = "http://x/" + "y".repeat(WebAddress.MAX_LENGTH - 9);

    assertThat(text("<a href=" + longest + ">a</a>").text()).isEqualTo("[a](" + longest + ")");
    assertThat(text("<a href=" + longest + "y>a</a>").text()).isEqualTo("a");
    assertThat(text("<base href=" + longest + "><a href=/z>a</a>").text())
        .isEqualTo("[a](http://x/z)");
    assertThat(text("<base href=" + longest + "y><a href=/z>a</a>").text()).isEqualTo("a");
  }

  @Test
  void showsSoMuchOfATitle() throws Exception {
    String longest = "t".repeat(PageFormat.MAX_TITLE);

    assertThat(text("<title>" + longest + "</title><p>x").text())
        .isEqualTo("# " + longest + "\n\nx");
    assertThat(text("<title>" + longest + "t</title><p>x").text())
        .isEqualTo("# " + longest + "\n\nx");
  }

  private static PageText text(String page) throws InterruptedException {
    return PageFormat.MARKDOWN.text(page.getBytes(UTF_8), "text/html", ADDRESS).orElseThrow();
  }

  /// Between two looks the parser has a few thousand bytes.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 50})
  void stopsParsingWhenNobodyWaits(int looks) {
    AtomicInteger looked = new AtomicInteger();
    PageSource source =
        new PageSource(Page.COMMENTS.bytes(), () -> looked.getAndIncrement() == looks);

    assertThatThrownBy(() -> PageFormat.parse(source, Optional.of(UTF_8), ADDRESS))
        .isInstanceOf(InterruptedException.class);
    assertThat(looked).hasValue(looks + 1);
    assertThat(source.available())
        .isGreaterThanOrEqualTo(Page.COMMENTS.bytes().length - looks * 4096);
  }

  @Test
  void stopsParsingAndShowingWhenItsThreadIsInterrupted() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> text("<p>page")).isInstanceOf(InterruptedException.class);

    Document page = Jsoup.parse("<p>page");
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Markdown.of(page)).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }
}
