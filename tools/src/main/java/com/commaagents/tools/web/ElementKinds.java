package com.commaagents.tools.web;

import java.util.Set;

/// What a reader sees of which elements of HTML.
final class ElementKinds {
  /// Those that are not shown, with all in them.
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

  /// Those that stand in lines of their own.
  static final Set<String> BLOCKS =
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

  private ElementKinds() {}
}
