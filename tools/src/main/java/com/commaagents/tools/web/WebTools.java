package com.commaagents.tools.web;

import com.commaagents.base.json.Json;
import com.commaagents.engine.model.ToolSpec;
import com.commaagents.tools.call.ActionTool;
import com.commaagents.tools.call.RunTools;
import com.commaagents.tools.call.Schema;
import com.commaagents.tools.call.ToolGroup;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `webfetch`: reads a public page.
public final class WebTools implements ToolGroup {
  private static final String NAME = "webfetch";

  private final PublicAddresses addresses;
  private final Lookup lookup;
  private final ToolSpec spec =
      new ToolSpec(
          NAME,
          "Fetches one page from the web by its address and shows it as Markdown. Only public"
              + " http and https addresses. Use it for documentation and other pages whose address"
              + " you know; it does not search. Shows 262144 characters at most and"
              + " says when that was not all. When a page cannot be fetched, do what the answer says,"
              + " or take another page.",
          Schema.object()
              .required("url", Schema.name("The address, as https://example.org/page."))
              .optional("format", formats())
              .optional(
                  "timeout",
                  Schema.integer(
                      "Seconds to wait; "
                          + WebFetch.USUAL_SECONDS
                          + " without it, "
                          + WebFetch.MAX_SECONDS
                          + " at most.",
                      1,
                      WebFetch.MAX_SECONDS))
              .build(),
          true);

  /// @param allowed hosts, addresses and ranges of addresses that may be fetched from although they
  ///   are not public
  public WebTools(List<String> allowed) {
    this(allowed, Lookup.SYSTEM);
  }

  WebTools(List<String> allowed, Lookup lookup) {
    this.addresses = new PublicAddresses(allowed);
    this.lookup = lookup;
  }

  private static ObjectNode formats() {
    ObjectNode format = Schema.text("How to show the page; markdown without it.");
    ArrayNode names = Json.array().add("markdown").add("text").add("html");
    format.set("enum", names);
    return format;
  }

  @Override
  public List<ToolSpec> specs() {
    return List.of(spec);
  }

  @Override
  public OpenTools open(RunTools run) {
    return OpenTools.of(List.of(tool(run.guard(NAME)::admitAddress)));
  }

  ActionTool tool(WebFetch.Admission admission) {
    return new ActionTool(spec, new WebFetch(addresses, lookup, admission));
  }
}
