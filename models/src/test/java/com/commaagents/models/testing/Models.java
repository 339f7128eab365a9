package com.commaagents.models.testing;

import com.commaagents.base.time.Clock;
import com.commaagents.engine.model.Model;
import com.commaagents.engine.model.ModelInfo;
import com.commaagents.models.anthropic.MessagesFormat;
import com.commaagents.models.http.Access;
import com.commaagents.models.http.Endpoint;
import com.commaagents.models.http.Secrets;
import com.commaagents.models.http.StreamingHttp;
import com.commaagents.models.openai.ChatFormat;
import com.commaagents.models.openai.Dialect;
import com.commaagents.models.stream.Framing;
import com.commaagents.models.wire.ClaudeModels;
import com.commaagents.models.wire.WireFormat;
import com.commaagents.models.wire.WireModel;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Models behind a [SocketServer], whose key is [#KEY].
public final class Models {
  public static final String KEY = "sk-very-secret-key";

  private Models() {}

  public static Model openai(StreamingHttp http, SocketServer server, Clock clock) {
    ChatFormat format = new ChatFormat(Dialect.compatible("mock"), "text", () -> "id-1");
    return model(http, server, clock, "mock", "/chat/completions", format);
  }

  public static Model anthropic(
      StreamingHttp http, SocketServer server, Clock clock, String model) {
    return model(
        http,
        server,
        clock,
        "anthropic",
        "/messages",
        new MessagesFormat(model, ClaudeModels.enforceSchema(model)));
  }

  public static Model model(
      StreamingHttp http,
      SocketServer server,
      Clock clock,
      String provider,
      String path,
      WireFormat format) {
    return model(http, server, clock, provider, path, Framing.SERVER_SENT_EVENTS, format);
  }

  public static Model model(
      StreamingHttp http,
      SocketServer server,
      Clock clock,
      String provider,
      String path,
      Framing framing,
      WireFormat format) {
    Access access = Access.of(Map.of("authorization", "Bearer " + KEY), new Secrets(List.of(KEY)));
    URI url = URI.create(server.baseUrl() + path);
    return new WireModel(
        info(provider + "/model"),
        new Endpoint(http, clock, provider, url, framing, access),
        format);
  }

  public static ModelInfo info(String name) {
    return new ModelInfo(name, OptionalLong.empty(), OptionalLong.empty());
  }
}
