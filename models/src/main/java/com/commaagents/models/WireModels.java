package com.commaagents.models;

import com.commaagents.engine.model.Model;
import com.commaagents.engine.model.ModelInfo;
import com.commaagents.models.Provider.Wire;
import com.commaagents.models.anthropic.MessagesFormat;
import com.commaagents.models.cohere.CohereFormat;
import com.commaagents.models.credentials.Credential;
import com.commaagents.models.ollama.OllamaFormat;
import com.commaagents.models.openai.Dialect;
import com.commaagents.models.stream.Framing;
import com.commaagents.models.wire.ClaudeModels;
import com.commaagents.models.wire.WireFormat;
import com.commaagents.models.wire.WireModel;
import java.util.Optional;

/// Makes models out of a provider, a credential and the environment: for each wire the address, and
/// how the credential is shown. Opens no connection. Thread-safe.
final class WireModels {
  private final Calling calling;

  WireModels(Calling calling) {
    this.calling = calling;
  }

  /// @throws com.commaagents.base.fault.Fault `CREDENTIALS` when the credential has expired or
  ///   lacks something, with how to set it; `INVALID_INPUT` when it cannot be sent
  Model model(Provider provider, ModelInfo info, String modelId, Optional<Credential> credential) {
    Connection to = new Connection(calling, provider, credential);
    return switch (provider.wire()) {
      case Wire.ChatCompletions(var dialect) ->
          OpenAiModels.chat(to.showBearer(), dialect, info, modelId);
      case Wire.OpenAi() -> OpenAiModels.openAi(to.showBearer(), info, modelId);
      case Wire.XAi() -> OpenAiModels.xAi(to.showBearer(), info, modelId);
      case Wire.Azure() -> OpenAiModels.azure(to, info, modelId);
      case Wire.GitHub() -> OpenAiModels.gitHub(to, info, modelId);
      case Wire.Messages() -> messages(to.showBearerOrKey("x-api-key"), info, modelId);
      case Wire.Generate() -> GoogleModels.gemini(to, info, modelId);
      case Wire.Vertex() -> GoogleModels.vertex(to, info, modelId);
      case Wire.Ollama() -> ollama(to.showBearer(), info, modelId);
      case Wire.Converse() -> BedrockModels.model(to, info, modelId);
      case Wire.Cohere() -> model(to.showBearer(), "/chat", info, new CohereFormat(modelId));
      case Wire.Scripts() ->
          throw new IllegalArgumentException("scripts are no provider that is called");
    };
  }

  private static Model messages(Connection to, ModelInfo info, String modelId) {
    to.header("anthropic-version", MessagesFormat.VERSION);
    if (ClaudeModels.bindThinking(modelId)) {
      to.header("anthropic-beta", ClaudeModels.BINDING_BETA);
    }
    boolean enforces = ClaudeModels.enforceSchema(modelId);
    return model(to, "/messages", info, new MessagesFormat(modelId, enforces));
  }

  private static Model model(Connection to, String path, ModelInfo info, WireFormat format) {
    return new WireModel(info, to.endpoint(to.baseUrl(), path, Framing.SERVER_SENT_EVENTS), format);
  }

  // Ollama also speaks chat completions, at an address that ends so.
  private static Model ollama(Connection to, ModelInfo info, String modelId) {
    String base =
        to.ownBaseUrl()
            .or(() -> to.setting("host", "OLLAMA_HOST").map(WireModels::withScheme))
            .orElseGet(to::baseUrl)
            .replaceAll("/+$", "");
    if (base.endsWith("/v1")) {
      return OpenAiModels.chat(to, Dialect.compatible("ollama"), info, modelId);
    }
    return new WireModel(
        info,
        to.endpoint(base.replaceAll("/api$", ""), "/api/chat", Framing.JSON_LINES),
        new OllamaFormat(modelId, to.calling().ids()));
  }

  private static String withScheme(String host) {
    return host.contains("://") ? host : "http://" + host;
  }
}
