package com.commaagents.models.contract;

import static com.commaagents.models.contract.Ability.BROKEN_ARGUMENTS;
import static com.commaagents.models.contract.Ability.CACHED_TOKENS;
import static com.commaagents.models.contract.Ability.CONTENT_FILTER;
import static com.commaagents.models.contract.Ability.REASONING_TOKENS;
import static com.commaagents.models.contract.Ability.SCHEMA;
import static com.commaagents.models.contract.Ability.THINKING;
import static com.commaagents.models.contract.Ability.THINKING_BACK;
import static com.commaagents.models.contract.Ability.TOOLS;

import com.commaagents.models.contract.ChatSpeaker.Counts;
import com.commaagents.models.contract.ChatSpeaker.Thinks;
import com.commaagents.models.testing.Models;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Every provider, and every way to call it.
public final class Places {
  private static final String KEY = "{'baseURL':'BASE','apiKey':'" + Models.KEY + "'}";
  private static final Map<String, String> BEARER = Map.of("authorization", "Bearer " + Models.KEY);
  private static final String CHAT_LINE = "POST /v1/chat/completions HTTP/1.1";
  private static final Speaker OPENAI = new ChatSpeaker(Thinks.NOT, Counts.OPENAI);

  private Places() {}

  public static List<Place> all() {
    return List.of(
        chat(
            "openai",
            "gpt-4o",
            "{'openai':{'serviceTier':'flex'}}",
            OPENAI,
            THINKING,
            THINKING_BACK),
        new Place(
            "openai-responses",
            "openai/gpt-5-mini",
            KEY,
            "POST /v1/responses HTTP/1.1",
            BEARER,
            "{'openai':{'api':'responses','reasoningEffort':'high','reasoningSummary':'auto',"
                + "'metadata':{'camelCase':'kept'}}}",
            new ResponsesSpeaker(),
            Set.of()),
        chat(
            "openai-compatible",
            "local-model",
            "{'openai-compatible':{'cachePrompt':true},'openai':{'user':'u'}}",
            new ChatSpeaker(Thinks.REASONING_CONTENT, Counts.OPENAI),
            THINKING_BACK),
        chat(
            "lmstudio",
            "openai/gpt-oss-20b",
            "{'lmstudio':{'ttl':60}}",
            new ChatSpeaker(Thinks.REASONING, Counts.OPENAI),
            THINKING_BACK),
        chat(
            "openrouter",
            "anthropic/claude-sonnet-4.5",
            "{'openrouter':{'provider':{'order':['a']}}}",
            new ChatSpeaker(Thinks.REASONING_DETAILS, Counts.OPENAI)),
        chat(
            "groq",
            "openai/gpt-oss-120b",
            "{'groq':{'reasoningEffort':'high'}}",
            new ChatSpeaker(Thinks.REASONING, Counts.GROQ),
            SCHEMA),
        chat(
            "deepseek",
            "deepseek-reasoner",
            "{'deepseek':{'thinking':{'type':'enabled'}}}",
            new ChatSpeaker(Thinks.REASONING_CONTENT, Counts.DEEPSEEK),
            SCHEMA),
        chat(
            "xai",
            "grok-4",
            "{'xai':{'searchParameters':{'mode':'off'}}}",
            new ChatSpeaker(Thinks.REASONING_CONTENT, Counts.XAI),
            THINKING_BACK),
        new Place(
            "xai-responses",
            "xai/grok-4.3",
            KEY,
            "POST /v1/responses HTTP/1.1",
            BEARER,
            "{'xai':{'api':'responses','reasoningEffort':'high'}}",
            new ResponsesSpeaker(),
            Set.of()),
        chat(
            "mistral",
            "magistral-medium-latest",
            "{'mistral':{'safePrompt':true}}",
            new ChatSpeaker(Thinks.CONTENT_CHUNK, Counts.MISTRAL),
            CACHED_TOKENS,
            REASONING_TOKENS,
            CONTENT_FILTER),
        chat(
            "together",
            "deepseek-ai/DeepSeek-R1",
            "{'together':{'repetitionPenalty':1.1}}",
            new ChatSpeaker(Thinks.REASONING, Counts.OPENAI),
            THINKING_BACK),
        chat(
            "fireworks",
            "accounts/fireworks/models/kimi-k2",
            "{'fireworks':{'contextLengthExceededBehavior':'error'}}",
            new ChatSpeaker(Thinks.REASONING_CONTENT, Counts.OPENAI)),
        chat(
            "perplexity",
            "sonar-pro",
            "{'perplexity':{'searchMode':'academic'}}",
            OPENAI,
            THINKING,
            THINKING_BACK,
            TOOLS,
            BROKEN_ARGUMENTS),
        chat(
            "github-copilot",
            "openai/gpt-4.1",
            "{'github-copilot':{'user':'u'}}",
            OPENAI,
            THINKING,
            THINKING_BACK),
        new Place(
            "github-copilot-token",
            "github-copilot/gpt-4.1",
            "{'baseURL':'BASE','apiKey':'tid=secret;exp=1'}",
            CHAT_LINE,
            Map.of(
                "authorization", "Bearer tid=secret;exp=1",
                "copilot-integration-id", "vscode-chat"),
            "{'github-copilot':{'user':'u'}}",
            new ChatSpeaker(Thinks.REASONING_OPAQUE, Counts.OPENAI),
            Set.of()),
        new Place(
            "github-copilot-responses",
            "github-copilot/gpt-5.1-codex",
            "{'baseURL':'BASE','apiKey':'tid=secret;exp=1'}",
            "POST /v1/responses HTTP/1.1",
            Map.of("authorization", "Bearer tid=secret;exp=1"),
            "{'github-copilot':{'user':'u'}}",
            new ResponsesSpeaker(),
            Set.of()),
        new Place(
            "azure",
            "azure/my-deployment",
            KEY,
            CHAT_LINE,
            Map.of("api-key", Models.KEY),
            "{'azure':{'user':'u'}}",
            OPENAI,
            Set.of(THINKING, THINKING_BACK)),
        new Place(
            "azure-dated",
            "azure/my-deployment",
            "{'baseURL':'BASE','apiKey':'" + Models.KEY + "','apiVersion':'2024-10-21'}",
            "POST /deployments/my-deployment/chat/completions?api-version=2024-10-21 HTTP/1.1",
            Map.of("api-key", Models.KEY),
            "{'azure':{'user':'u'}}",
            OPENAI,
            Set.of(THINKING, THINKING_BACK)),
        new Place(
            "azure-responses",
            "azure/gpt-5",
            KEY,
            "POST /v1/responses HTTP/1.1",
            Map.of("api-key", Models.KEY),
            "{'azure':{'api':'responses','textVerbosity':'low'}}",
            new ResponsesSpeaker(),
            Set.of()),
        new Place(
            "anthropic",
            "anthropic/claude-sonnet-4-5",
            KEY,
            "POST /v1/messages HTTP/1.1",
            Map.of("x-api-key", Models.KEY, "anthropic-version", "2023-06-01"),
            "{'anthropic':{'serviceTier':'auto','effort':'high'}}",
            new MessagesSpeaker(true),
            Set.of()),
        new Place(
            "anthropic-bound",
            "anthropic/claude-opus-5-5",
            KEY,
            "POST /v1/messages HTTP/1.1",
            Map.of("anthropic-beta", "thinking-binding-controls-2026-08-01"),
            "{'anthropic':{'thinking':{'type':'adaptive','display':'summarized'}}}",
            new MessagesSpeaker(true),
            Set.of()),
        google("google", KEY, Map.of("x-goog-api-key", Models.KEY)),
        google("google-vertex", KEY, Map.of("x-goog-api-key", Models.KEY)),
        new Place(
            "google-vertex-claude",
            "google-vertex/claude-sonnet-4-5@20250929",
            "{'baseURL':'BASE','accessToken':'" + Models.KEY + "'}",
            "POST /v1/models/claude-sonnet-4-5@20250929:streamRawPredict HTTP/1.1",
            BEARER,
            "{'anthropic':{'serviceTier':'auto'}}",
            new MessagesSpeaker(false),
            Set.of()),
        new Place(
            "ollama",
            "ollama/qwen3:8b",
            "{'baseURL':'BASE/api','apiKey':'" + Models.KEY + "'}",
            "POST /v1/api/chat HTTP/1.1",
            BEARER,
            "{'ollama':{'think':true,'keepAlive':'10m','options':{'num_ctx':8192}}}",
            new OllamaSpeaker(),
            Set.of(BROKEN_ARGUMENTS, CACHED_TOKENS, REASONING_TOKENS, CONTENT_FILTER)),
        bedrock("bedrock", "'apiKey':'" + Models.KEY + "'", BEARER),
        new Place(
            "bedrock-nova",
            "bedrock/amazon.nova-2-lite-v1:0",
            "{'baseURL':'BASE','region':'us-east-1','apiKey':'" + Models.KEY + "'}",
            "POST /v1/model/amazon.nova-2-lite-v1%3A0/converse-stream HTTP/1.1",
            BEARER,
            "{'bedrock':{'guardrailConfig':{'guardrailIdentifier':'g'}}}",
            new ConverseSpeaker(false),
            Set.of(REASONING_TOKENS)),
        bedrock(
            "bedrock-signed",
            "'accessKeyId':'AKIDEXAMPLE','secretAccessKey':'" + Models.KEY + "'",
            Map.of("x-amz-date", "20261122T100000Z")),
        new Place(
            "cohere",
            "cohere/command-a-reasoning-08-2025",
            KEY,
            "POST /v1/chat HTTP/1.1",
            BEARER,
            "{'cohere':{'safetyMode':'OFF'}}",
            new CohereSpeaker(),
            Set.of(REASONING_TOKENS)));
  }

  private static Place chat(
      String provider, String model, String options, Speaker speaker, Ability... lacks) {
    return new Place(
        provider, provider + "/" + model, KEY, CHAT_LINE, BEARER, options, speaker, Set.of(lacks));
  }

  private static Place google(String provider, String credential, Map<String, String> headers) {
    return new Place(
        provider,
        provider + "/gemini-3-pro",
        credential,
        "POST /v1/models/gemini-3-pro:streamGenerateContent?alt=sse HTTP/1.1",
        headers,
        "{'google':{'thinkingConfig':{'includeThoughts':true},'safetySettings':[]}}",
        new GenerateSpeaker(),
        Set.of(BROKEN_ARGUMENTS));
  }

  private static Place bedrock(String name, String keys, Map<String, String> headers) {
    return new Place(
        name,
        "bedrock/us.anthropic.claude-sonnet-4-5-20250929-v1:0",
        "{'baseURL':'BASE','region':'us-east-1'," + keys + "}",
        "POST /v1/model/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse-stream HTTP/1.1",
        headers,
        "{'bedrock':{'guardrailConfig':{'guardrailIdentifier':'g'}}}",
        new ConverseSpeaker(true),
        Set.of(REASONING_TOKENS));
  }
}
