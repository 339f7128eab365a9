package com.commaagents.server.http;

/// The statuses this server answers with.
enum HttpStatus {
  OK(200, "OK"),
  BAD_REQUEST(400, "Bad Request"),
  UNAUTHORIZED(401, "Unauthorized"),
  FORBIDDEN(403, "Forbidden"),
  NOT_FOUND(404, "Not Found"),
  URI_TOO_LONG(414, "URI Too Long"),
  MISDIRECTED_REQUEST(421, "Misdirected Request"),
  UPGRADE_REQUIRED(426, "Upgrade Required"),
  HEADERS_TOO_LARGE(431, "Request Header Fields Too Large"),
  UNAVAILABLE(503, "Service Unavailable");

  private final int code;
  private final String phrase;

  HttpStatus(int code, String phrase) {
    this.code = code;
    this.phrase = phrase;
  }

  int code() {
    return code;
  }

  String phrase() {
    return phrase;
  }
}
