package com.commaagents.protocol.codec;

import com.commaagents.protocol.message.CallResult;
import com.commaagents.protocol.message.ContextUsage;
import com.commaagents.protocol.message.ContextUsage.InputTokenDetails;
import com.commaagents.protocol.message.ContextUsage.OutputTokenDetails;
import com.commaagents.protocol.message.ErrorDetail;
import com.commaagents.protocol.message.Usage;

/// The objects that several messages carry.
final class ValueShapes {
  private static final Field<Long> PROMPT_TOKENS = new Field<>("promptTokens", Kinds.COUNT);
  private static final Field<Long> COMPLETION_TOKENS = new Field<>("completionTokens", Kinds.COUNT);
  private static final Field<Long> NO_CACHE_TOKENS = new Field<>("noCacheTokens", Kinds.COUNT);
  private static final Field<Long> CACHE_READ_TOKENS = new Field<>("cacheReadTokens", Kinds.COUNT);
  private static final Field<Long> CACHE_WRITE_TOKENS =
      new Field<>("cacheWriteTokens", Kinds.COUNT);
  private static final Field<Long> TEXT_TOKENS = new Field<>("textTokens", Kinds.COUNT);
  private static final Field<Long> REASONING_TOKENS = new Field<>("reasoningTokens", Kinds.COUNT);
  private static final Field<Long> TOTAL_TOKENS = new Field<>("totalTokens", Kinds.COUNT);
  private static final Field<Long> INPUT_TOKENS = new Field<>("inputTokens", Kinds.COUNT);
  private static final Field<Long> OUTPUT_TOKENS = new Field<>("outputTokens", Kinds.COUNT);
  private static final Field<String> TEXT = new Field<>("text", Kinds.TEXT);
  private static final Field<String> FINISH_REASON = new Field<>("finishReason", Kinds.TEXT);
  private static final Field<String> CODE = new Field<>("code", Kinds.TEXT);
  private static final Field<String> MESSAGE = new Field<>("message", Kinds.TEXT);

  static final Shape<Usage> USAGE =
      Shape.object(Usage.class)
          .required(PROMPT_TOKENS, Usage::promptTokens)
          .required(COMPLETION_TOKENS, Usage::completionTokens)
          .make(in -> new Usage(in.get(PROMPT_TOKENS), in.get(COMPLETION_TOKENS)));

  private static final Field<InputTokenDetails> INPUT_TOKEN_DETAILS =
      new Field<>(
          "inputTokenDetails",
          Shape.object(InputTokenDetails.class)
              .optionalLong(NO_CACHE_TOKENS, InputTokenDetails::noCacheTokens)
              .optionalLong(CACHE_READ_TOKENS, InputTokenDetails::cacheReadTokens)
              .optionalLong(CACHE_WRITE_TOKENS, InputTokenDetails::cacheWriteTokens)
              .make(in ->
                  new InputTokenDetails(
                      in.findLong(NO_CACHE_TOKENS),
                      in.findLong(CACHE_READ_TOKENS),
                      in.findLong(CACHE_WRITE_TOKENS))));

  private static final Field<OutputTokenDetails> OUTPUT_TOKEN_DETAILS =
      new Field<>(
          "outputTokenDetails",
          Shape.object(OutputTokenDetails.class)
              .optionalLong(TEXT_TOKENS, OutputTokenDetails::textTokens)
              .optionalLong(REASONING_TOKENS, OutputTokenDetails::reasoningTokens)
              .make(in ->
                  new OutputTokenDetails(in.findLong(TEXT_TOKENS), in.findLong(REASONING_TOKENS))));

  static final Shape<ContextUsage> CONTEXT_USAGE =
      Shape.object(ContextUsage.class)
          .required(TOTAL_TOKENS, ContextUsage::totalTokens)
          .optionalLong(INPUT_TOKENS, ContextUsage::inputTokens)
          .optionalLong(OUTPUT_TOKENS, ContextUsage::outputTokens)
          .optional(INPUT_TOKEN_DETAILS, ContextUsage::inputTokenDetails)
          .optional(OUTPUT_TOKEN_DETAILS, ContextUsage::outputTokenDetails)
          .make(in ->
              new ContextUsage(
                  in.get(TOTAL_TOKENS),
                  in.findLong(INPUT_TOKENS),
                  in.findLong(OUTPUT_TOKENS),
                  in.find(INPUT_TOKEN_DETAILS),
                  in.find(OUTPUT_TOKEN_DETAILS)));

  static final Shape<ErrorDetail> ERROR =
      Shape.object(ErrorDetail.class)
          .required(CODE, ErrorDetail::code)
          .required(MESSAGE, ErrorDetail::message)
          .make(in -> new ErrorDetail(in.get(CODE), in.get(MESSAGE)));

  static final Shape<CallResult> CALL_RESULT = callResult();

  private ValueShapes() {}

  private static Shape<CallResult> callResult() {
    Field<Usage> usage = new Field<>("usage", USAGE);
    Field<ContextUsage> contextUsage = new Field<>("contextUsage", CONTEXT_USAGE);
    return Shape.object(CallResult.class)
        .required(TEXT, CallResult::text)
        .required(usage, CallResult::usage)
        .optional(contextUsage, CallResult::contextUsage)
        .required(FINISH_REASON, CallResult::finishReason)
        .make(in ->
            new CallResult(
                in.get(TEXT), in.get(usage), in.find(contextUsage), in.get(FINISH_REASON)));
  }
}
