package com.commaagents.tools.web;

import com.commaagents.tools.call.Action;
import com.commaagents.tools.call.Arguments;
import com.commaagents.tools.failure.ErrorKind;
import com.commaagents.tools.failure.Printable;
import com.commaagents.tools.failure.ToolError;
import com.commaagents.tools.web.WebClient.Answer;
import com.commaagents.engine.tool.ToolCallContext;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.util.Timeout;

/// Fetches one page and says what is on it.
///
/// Limits: [WebClient#MAX_BYTES] of a page, [#MAX_REDIRECTS], [#MAX_CHARACTERS] of an answer, and
/// the time the call allows.
final class WebFetch implements Action {
  static final int MAX_REDIRECTS = 10;
  static final int MAX_CHARACTERS = 256 << 10;
  static final int USUAL_SECONDS = 30;
  static final int MAX_SECONDS = 120;

  private final PublicAddresses addresses;
  private final Lookup lookup;
  private final Admission admission;

  /// @param admission judges the address of the call, and of each redirect
  WebFetch(PublicAddresses addresses, Lookup lookup, Admission admission) {
    this.addresses = addresses;
    this.lookup = lookup;
    this.admission = admission;
  }

  /// What policies say of an address.
  @FunctionalInterface
  interface Admission {
    /// Lets everything pass.
    Admission OPEN = (_, _) -> {};

    /// @throws ToolError when it may not be fetched
    void admit(String address, ToolCallContext context) throws ToolError, InterruptedException;
  }

  @Override
  public String run(Arguments arguments, ToolCallContext context)
      throws ToolError, InterruptedException {
    URI address = WebAddress.of(arguments.text("url"));
    PageFormat format = PageFormat.of(arguments.optionalText("format").orElse("markdown"));
    Duration patience = Duration.ofSeconds(arguments.integer("timeout", USUAL_SECONDS));
    try (WebClient client = new WebClient(addresses, lookup, Timeout.of(patience))) {
      return Deadline.within(patience, client, () -> fetch(client, address, format, context))
          .orElseThrow(() -> tooSlow(address, patience));
    }
  }

  private String fetch(WebClient client, URI first, PageFormat format, ToolCallContext context)
      throws ToolError, InterruptedException {
    URI address = first;
    for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
      admission.admit(address.toString(), context);
      Answer answer = get(client, address);
      if (!answer.redirects()) {
        return shown(address, answer, format);
      }
      address = WebAddress.redirect(answer.location().orElseThrow(), address);
    }
    throw new ToolError(
        ErrorKind.UNKNOWN,
        shown(first) + " leads from redirect to redirect, more than " + MAX_REDIRECTS + " times",
        "fetch another page.");
  }

  private static Answer get(WebClient client, URI address) throws ToolError {
    try {
      return client.get(address);
    } catch (RefusedAddressException refused) {
      throw new ToolError(
          ErrorKind.PERMISSION_DENIED,
          Printable.name(String.valueOf(refused.getMessage()))
              + "; only public addresses are fetched",
          "fetch a public page; for this one the user has to add the host to webfetchAllow in"
              + " daemon.json.");
    } catch (UnknownHostException unknown) {
      throw new ToolError(
          ErrorKind.NOT_FOUND,
          "There is no host " + Printable.name(String.valueOf(address.getHost())),
          "check the spelling of the address.");
    } catch (InterruptedIOException slow) {
      throw new ToolError(
          ErrorKind.TIMEOUT,
          shown(address) + " did not answer in time",
          "try again with a longer timeout, or fetch another page.");
    } catch (SSLException insecure) {
      throw new ToolError(
          ErrorKind.UNKNOWN,
          "No secure connection to " + shown(address) + ": " + reason(insecure),
          "fetch another page; certificates are not passed over.");
    } catch (IOException failed) {
      throw new ToolError(
          ErrorKind.UNKNOWN,
          "Fetching " + shown(address) + " failed: " + reason(failed),
          "try again once; if it fails again, fetch another page.");
    }
  }

  private static String shown(URI address, Answer answer, PageFormat format)
      throws ToolError, InterruptedException {
    if (answer.status() < 200 || answer.status() > 299) {
      throw status(address, answer.status());
    }
    PageText page =
        format
            .text(answer.body(), answer.contentType(), address)
            .orElseThrow(() ->
                new ToolError(
                    ErrorKind.BINARY_FILE,
                    shown(address) + " is no text but " + Printable.name(answer.contentType()),
                    "fetch a page of text; to keep a file, download it with run_command."));
    String content = page.text();
    boolean cut = answer.cut() || page.cut() || content.length() > MAX_CHARACTERS;
    int end = Math.min(content.length(), MAX_CHARACTERS);
    if (end > 0 && Character.isHighSurrogate(content.charAt(end - 1))) {
      end--;
    }
    return "url: "
        + shown(address)
        + "\ntype: "
        + Printable.name(answer.contentType())
        + (cut ? "\ntruncated: true (only the beginning is shown)" : "")
        + "\n\n"
        + content.substring(0, end);
  }

  private static ToolError status(URI address, int status) {
    String what = shown(address) + " answered with status " + status;
    return switch (status) {
      case 404, 410 ->
          new ToolError(ErrorKind.NOT_FOUND, what, "check the address, or fetch another page.");
      case 401, 403, 407 ->
          new ToolError(
              ErrorKind.PERMISSION_DENIED,
              what,
              "fetch another page; this one wants somebody who is signed in, or no programs.");
      case 408, 425, 429, 500, 502, 503, 504 ->
          new ToolError(ErrorKind.UNKNOWN, what, "try again later, or fetch another page.");
      default -> new ToolError(ErrorKind.UNKNOWN, what, "fetch another page.");
    };
  }

  private static ToolError tooSlow(URI address, Duration patience) {
    return new ToolError(
        ErrorKind.TIMEOUT,
        shown(address) + " was not there after " + patience.toSeconds() + " s",
        "try again with a longer timeout (at most " + MAX_SECONDS + "), or fetch another page.");
  }

  private static String shown(URI address) {
    return Printable.name(address.toString());
  }

  private static String reason(IOException failed) {
    return Printable.name(
        Optional.ofNullable(failed.getMessage()).orElse(failed.getClass().getSimpleName()));
  }
}
