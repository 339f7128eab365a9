package com.commaagents.tools.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
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
    String render(Document page) {
      String title = page.title().strip();
      String text = Markdown.of(page);
      return title.isEmpty() || text.contains("# " + title) ? text : "# " + title + "\n\n" + text;
    }
  },
  TEXT {
    @Override
    String render(Document page) {
      return Markdown.plain(page);
    }
  },
  HTML {
    @Override
    String render(Document page) {
      return page.outerHtml();
    }
  };

  private static final Pattern CHARSET =
      Pattern.compile("charset\\s*=\\s*\"?([^\\s;\"]+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern TEXTUAL =
      Pattern.compile(
          "text/.*|application/(.*[+]|x-)?(json|xml|yaml|toml|javascript|ecmascript|ndjson|sql|sh)"
              + "|application/(json-seq|graphql|rtf|x-ndjson)|image/svg[+]xml|");

  abstract String render(Document page);

  /// Of a name that the tool's schema lets through.
  static PageFormat of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /// What is on a page; empty where it is no text.
  Optional<String> text(byte[] body, String contentType, URI address) {
    String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    boolean html = type.equals("text/html") || type.equals("application/xhtml+xml");
    if (!html && (!TEXTUAL.matcher(type).matches() || isBinary(body))) {
      return Optional.empty();
    }
    Optional<Charset> charset = charset(contentType);
    if (!html || this == HTML) {
      return Optional.of(new String(body, charset.orElse(StandardCharsets.UTF_8)));
    }
    return Optional.of(render(parse(body, charset, address)));
  }

  private static Document parse(byte[] body, Optional<Charset> charset, URI address) {
    try {
      // Without a name it looks for one in the page itself.
      return Jsoup.parse(
          new ByteArrayInputStream(body),
          charset.map(Charset::name).orElse(null),
          address.toString());
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
