package com.commaagents.tools.web;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/// How a page is given to a model. What is not HTML is given as it is.
enum PageFormat {
  MARKDOWN {
    @Override
    PageText render(Document page) throws InterruptedException {
      String title = title(page);
      PageText text = Markdown.of(page);
      return title.isEmpty() || text.text().contains("# " + title)
          ? text
          : new PageText("# " + title + "\n\n" + text.text(), text.cut());
    }
  },
  TEXT {
    @Override
    PageText render(Document page) throws InterruptedException {
      return Markdown.plain(page);
    }
  },
  HTML {
    @Override
    PageText render(Document page) {
      return new PageText(page.outerHtml(), false);
    }
  };

  private static final Pattern CHARSET =
      Pattern.compile("charset\\s*=\\s*\"?([^\\s;\"]+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern TEXTUAL =
      Pattern.compile(
          "text/.*|application/(.*[+]|x-)?(json|xml|yaml|toml|javascript|ecmascript|ndjson|sql|sh)"
              + "|application/(json-seq|graphql|rtf|x-ndjson)|image/svg[+]xml|");

  static final int MAX_TITLE = 500;

  abstract PageText render(Document page) throws InterruptedException;

  private static String title(Document page) {
    String title = page.title().strip();
    return title
        .codePoints()
        .limit(MAX_TITLE)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /// Of a name that the tool's schema lets through.
  static PageFormat of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /// What is on a page; empty where it is no text.
  Optional<PageText> text(byte[] body, String contentType, URI address)
      throws InterruptedException {
    String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    boolean html = type.equals("text/html") || type.equals("application/xhtml+xml");
    if (!html && (!TEXTUAL.matcher(type).matches() || isBinary(body))) {
      return Optional.empty();
    }
    Optional<Charset> charset = charset(contentType);
    if (!html || this == HTML) {
      return Optional.of(
          new PageText(new String(body, charset.orElse(StandardCharsets.UTF_8)), false));
    }
    PageSource source = new PageSource(body, Thread.currentThread()::isInterrupted);
    PageText text = render(parse(source, charset, address));
    return Optional.of(new PageText(text.text(), text.cut() || source.isCut()));
  }

  /// Reads a page as browsers do.
  static Document parse(PageSource page, Optional<Charset> charset, URI address)
      throws InterruptedException {
    try {
      // Without a name it looks for one in the page itself.
      return Jsoup.parse(page, charset.map(Charset::name).orElse(null), address.toString());
    } catch (InterruptedIOException over) {
      boolean _ = Thread.interrupted();
      throw (InterruptedException) new InterruptedException().initCause(over);
    } catch (IOException impossible) {
      throw new IllegalStateException("memory cannot be read", impossible);
    }
  }

  private static Optional<Charset> charset(String contentType) {
    Matcher named = CHARSET.matcher(contentType);
    try {
      return named.find() ? Optional.of(Charset.forName(named.group(1))) : Optional.empty();
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      return Optional.empty();
    }
  }

  private static boolean isBinary(byte[] body) {
    for (int i = 0; i < Math.min(body.length, 8_192); i++) {
      if (body[i] == 0) {
        return true;
      }
    }
    return false;
  }
}
