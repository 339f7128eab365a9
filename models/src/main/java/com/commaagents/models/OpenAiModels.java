package com.commaagents.models;

import com.commaagents.engine.model.Model;
import com.commaagents.engine.model.ModelInfo;
import com.commaagents.models.github.CopilotTokens;
import com.commaagents.models.http.Endpoint;
import com.commaagents.models.openai.ChatFormat;
import com.commaagents.models.openai.Dialect;
import com.commaagents.models.openai.ReasoningModels;
import com.commaagents.models.responses.ResponsesFormat;
import com.commaagents.models.stream.Framing;
import com.commaagents.models.wire.WireFormat;
import com.commaagents.models.wire.WireModel;
import java.net.URI;
import java.util.Optional;

/// Models that are called as OpenAI's are: where their APIs are, and which of them is spoken.
final class OpenAiModels {
  private static final Framing SSE = Framing.SERVER_SENT_EVENTS;
  private static final String CHAT = "/chat/completions";
  private static final String COPILOT = "https://api.githubcopilot.com";
  private static final String GITHUB_API_VERSION = "2022-11-28";
  private static final Dialect GITHUB =
      Dialect.of(
          "github-copilot",
          Dialect.Trait.COMPLETION_LIMIT_OF_THINKERS,
          Dialect.Trait.STRICT_SCHEMA);

  private OpenAiModels() {}

  static Model chat(Connection to, Dialect dialect, ModelInfo info, String modelId) {
    return model(to, to.baseUrl(), CHAT, info, chatFormat(to, dialect, modelId));
  }

  // Servers that stand in for OpenAI's know chat completions for sure.
  static Model openAi(Connection to, ModelInfo info, String modelId) {
    boolean thinks = ReasoningModels.has(modelId);
    boolean own = to.ownBaseUrl().isEmpty();
    Dialect dialect = own ? Dialect.OPENAI : Dialect.OPENAI_ELSEWHERE;
    Model chat = chat(to, dialect, info, modelId);
    Model responses = responses(to, new ResponsesFormat("openai", modelId, thinks), info);
    return new ApiChoice("openai", chat, responses, thinks && own ? responses : chat);
  }

  // Chat completions is what xAI itself gives up: its models get no thinking back there.
  static Model xAi(Connection to, ModelInfo info, String modelId) {
    boolean thinks = !modelId.contains("non-reasoning");
    Model chat = chat(to, Dialect.of("xai", Dialect.Trait.STRICT_SCHEMA), info, modelId);
    Model responses = responses(to, new ResponsesFormat("xai", modelId, thinks), info);
    return new ApiChoice("xai", chat, responses, to.ownBaseUrl().isEmpty() ? responses : chat);
  }

  // A dated version of the API has the deployment in the address; the one without, in the body.
  // A deployment with the name of a model that thinks is taken for one.
  static Model azure(Connection to, ModelInfo info, String modelId) {
    to.showBearerOrKey("api-key");
    String base =
        to.ownBaseUrl()
            .map(url -> url.replaceAll("(/v1)?/*$", ""))
            .orElseGet(() ->
                "https://"
                    + to.needed("resourceName", "AZURE_RESOURCE_NAME")
                    + ".openai.azure.com/openai");
    Optional<String> dated = to.field("apiVersion").filter(text -> text.matches("\\d{4}-.*"));
    String query = dated.map(version -> "?api-version=" + Connection.segment(version)).orElse("");
    String chatBase =
        base + (dated.isPresent() ? "/deployments/" + Connection.segment(modelId) : "/v1");
    boolean thinks = ReasoningModels.has(modelId);
    Dialect.Trait limit =
        dated.isPresent()
            ? Dialect.Trait.COMPLETION_LIMIT_OF_THINKERS
            : Dialect.Trait.COMPLETION_LIMIT;
    WireFormat chatFormat =
        chatFormat(to, Dialect.of("azure", limit, Dialect.Trait.STRICT_SCHEMA), modelId);
    Model chat = model(to, chatBase, CHAT + query, info, chatFormat);
    WireFormat responsesFormat = new ResponsesFormat("azure", modelId, thinks);
    String responsesBase = dated.isPresent() ? base : base + "/v1";
    Model responses = model(to, responsesBase, "/responses" + query, info, responsesFormat);
    return new ApiChoice("azure", chat, responses, thinks && dated.isEmpty() ? responses : chat);
  }

  // GitHub Models, or Copilot: its own tokens and those of its apps say that it is the latter.
  static Model gitHub(Connection to, ModelInfo info, String modelId) {
    String token =
        to.token().orElseThrow(() -> Advice.missingCredential(to.provider(), Optional.empty()));
    boolean ready = token.contains("tid=");
    boolean copilot =
        to.field("api").map("copilot"::equals).orElse(ready || token.startsWith("ghu_"));
    if (!copilot) {
      to.showBearer().header("x-github-api-version", GITHUB_API_VERSION);
      return model(to, to.baseUrl(), CHAT, info, chatFormat(to, GITHUB, modelId));
    }
    to.header("editor-version", "comma/0.1.0").header("copilot-integration-id", "vscode-chat");
    return ready
        ? copilot(info, modelId, to, (base, path) -> to.showBearer().endpoint(base, path, SSE))
        : copilot(info, modelId, to, exchanged(to, token));
  }

  /// Makes the endpoint of a path.
  private interface Endpoints {
    Endpoint at(String base, String path);
  }

  private static Endpoints exchanged(Connection to, String token) {
    URI tokens = to.url(to.field("tokenURL").orElse(CopilotTokens.URL), "");
    CopilotTokens source =
        new CopilotTokens(
            to.calling().http(), to.provider().id(), tokens, token, to.calling().clock());
    return (base, path) -> to.endpoint(base, path, SSE, source);
  }

  // Models for code are offered by responses alone.
  private static Model copilot(ModelInfo info, String modelId, Connection to, Endpoints endpoints) {
    String base = to.ownBaseUrl().orElse(COPILOT);
    String id = to.provider().id();
    WireFormat chatFormat = chatFormat(to, GITHUB.with(Dialect.Thinking.REASONING_OPAQUE), modelId);
    WireFormat responsesFormat = new ResponsesFormat(id, modelId, ReasoningModels.has(modelId));
    Model chat = new WireModel(info, endpoints.at(base, CHAT), chatFormat);
    Model responses = new WireModel(info, endpoints.at(base, "/responses"), responsesFormat);
    return new ApiChoice(id, chat, responses, modelId.contains("codex") ? responses : chat);
  }

  private static Model responses(Connection to, ResponsesFormat format, ModelInfo info) {
    return model(to, to.baseUrl(), "/responses", info, format);
  }

  private static WireFormat chatFormat(Connection to, Dialect dialect, String modelId) {
    return new ChatFormat(dialect, modelId, to.calling().ids());
  }

  private static Model model(
      Connection to, String base, String path, ModelInfo info, WireFormat format) {
    return new WireModel(info, to.endpoint(base, path, SSE), format);
  }
}
