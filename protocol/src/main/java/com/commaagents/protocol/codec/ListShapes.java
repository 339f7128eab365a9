package com.commaagents.protocol.codec;

import com.commaagents.protocol.message.HubPackage;
import com.commaagents.protocol.message.RunOverview;
import com.commaagents.protocol.message.RunStatus;
import com.commaagents.protocol.message.RunSummary;
import com.commaagents.protocol.message.TrashWorkspace;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The entries of the daemon's lists.
final class ListShapes {
  private static final Field<String> RUN_ID = new Field<>("runId", Kinds.TEXT);
  private static final Field<String> CWD = new Field<>("cwd", Kinds.TEXT);
  private static final Field<String> STRATEGY_NAME = new Field<>("strategyName", Kinds.TEXT);
  private static final Field<String> STRATEGY_PATH = new Field<>("strategyPath", Kinds.TEXT);
  private static final Field<Instant> STARTED_AT = new Field<>("startedAt", Kinds.INSTANT);
  private static final Field<Instant> COMPLETED_AT = new Field<>("completedAt", Kinds.INSTANT);
  private static final Field<Optional<Instant>> COMPLETED_AT_OR_NULL =
      new Field<>("completedAt", Kinds.orNull(Kinds.INSTANT));
  private static final Field<RunStatus> STATUS =
      new Field<>("status", Kinds.oneOf(RunStatus.values()));
  private static final Field<String> NAME = new Field<>("name", Kinds.TEXT);
  private static final Field<String> VERSION = new Field<>("version", Kinds.TEXT);
  private static final Field<String> COMMIT = new Field<>("commit", Kinds.TEXT);
  private static final Field<String> PATH = new Field<>("path", Kinds.TEXT);
  private static final Field<Boolean> CODE_APPROVED =
      new Field<>("executableCodeApproved", Kinds.FLAG);
  private static final Field<Boolean> PINNED = new Field<>("pinned", Kinds.FLAG);
  private static final Field<List<String>> CHANGES =
      new Field<>("changes", Kinds.listOf(Kinds.TEXT));
  private static final Field<String> TRASHED_AT = new Field<>("trashedAt", Kinds.TEXT);
  private static final Field<String> ORIGINAL_PATH = new Field<>("originalPath", Kinds.TEXT);
  private static final Field<String> ORIGINAL_SHA256 = new Field<>("originalSha256", Kinds.TEXT);
  private static final Field<String> SESSION_ID = new Field<>("sessionId", Kinds.TEXT);
  private static final Field<String> AGENT_NAME = new Field<>("agentName", Kinds.TEXT);
  private static final Field<Long> SIZE_BYTES = new Field<>("sizeBytes", Kinds.WHOLE);

  static final Shape<RunOverview> RUN_OVERVIEW =
      Shape.object(RunOverview.class)
          .required(RUN_ID, RunOverview::runId)
          .required(CWD, RunOverview::cwd)
          .required(STRATEGY_NAME, RunOverview::strategyName)
          .required(STRATEGY_PATH, RunOverview::strategyPath)
          .required(STARTED_AT, RunOverview::startedAt)
          .required(COMPLETED_AT_OR_NULL, RunOverview::completedAt)
          .required(STATUS, RunOverview::status)
          .make(in ->
              new RunOverview(
                  in.get(RUN_ID),
                  in.get(CWD),
                  in.get(STRATEGY_NAME),
                  in.get(STRATEGY_PATH),
                  in.get(STARTED_AT),
                  in.get(COMPLETED_AT_OR_NULL),
                  in.get(STATUS)));

  static final Shape<RunSummary> RUN_SUMMARY =
      Shape.object(RunSummary.class)
          .required(RUN_ID, RunSummary::runId)
          .required(STRATEGY_NAME, RunSummary::strategyName)
          .required(STATUS, RunSummary::status)
          .required(STARTED_AT, RunSummary::startedAt)
          .optional(COMPLETED_AT, RunSummary::completedAt)
          .make(in ->
              new RunSummary(
                  in.get(RUN_ID),
                  in.get(STRATEGY_NAME),
                  in.get(STATUS),
                  in.get(STARTED_AT),
                  in.find(COMPLETED_AT)));

  static final Shape<HubPackage> HUB_PACKAGE =
      Shape.object(HubPackage.class)
          .required(NAME, HubPackage::name)
          .required(VERSION, HubPackage::version)
          .required(COMMIT, HubPackage::commit)
          .required(PATH, HubPackage::path)
          .required(CODE_APPROVED, HubPackage::executableCodeApproved)
          .optional(PINNED, HubPackage::pinned)
          .optional(CHANGES, HubPackage::changes)
          .make(in ->
              new HubPackage(
                  in.get(NAME),
                  in.get(VERSION),
                  in.get(COMMIT),
                  in.get(PATH),
                  in.get(CODE_APPROVED),
                  in.find(PINNED),
                  in.find(CHANGES)));

  private static final Field<TrashWorkspace.Metadata> METADATA =
      new Field<>(
          "metadata",
          Shape.object(TrashWorkspace.Metadata.class)
              .required(TRASHED_AT, TrashWorkspace.Metadata::trashedAt)
              .required(ORIGINAL_PATH, TrashWorkspace.Metadata::originalPath)
              .required(ORIGINAL_SHA256, TrashWorkspace.Metadata::originalSha256)
              .optional(SESSION_ID, TrashWorkspace.Metadata::sessionId)
              .optional(RUN_ID, TrashWorkspace.Metadata::runId)
              .optional(AGENT_NAME, TrashWorkspace.Metadata::agentName)
              .make(in ->
                  new TrashWorkspace.Metadata(
                      in.get(TRASHED_AT),
                      in.get(ORIGINAL_PATH),
                      in.get(ORIGINAL_SHA256),
                      in.find(SESSION_ID),
                      in.find(RUN_ID),
                      in.find(AGENT_NAME))));

  private static final Field<List<TrashWorkspace.Entry>> ENTRIES =
      new Field<>(
          "entries",
          Kinds.listOf(
              Shape.object(TrashWorkspace.Entry.class)
                  .required(PATH, TrashWorkspace.Entry::path)
                  .required(METADATA, TrashWorkspace.Entry::metadata)
                  .required(SIZE_BYTES, TrashWorkspace.Entry::sizeBytes)
                  .make(in ->
                      new TrashWorkspace.Entry(
                          in.get(PATH), in.get(METADATA), in.get(SIZE_BYTES)))));

  static final Shape<TrashWorkspace> TRASH_WORKSPACE =
      Shape.object(TrashWorkspace.class)
          .required(CWD, TrashWorkspace::cwd)
          .required(ENTRIES, TrashWorkspace::entries)
          .make(in -> new TrashWorkspace(in.get(CWD), in.get(ENTRIES)));

  private ListShapes() {}
}
