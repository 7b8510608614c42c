package dev.quire.engine.sys;

import static dev.quire.engine.sys.SysSource.column;
import static dev.quire.engine.sys.SysSource.schema;

import dev.quire.chain.Costs;
import dev.quire.spi.DataType;
import dev.quire.spi.Page;
import dev.quire.spi.RequestReport;
import dev.quire.spi.TableName;
import dev.quire.spi.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tables over the journal; a scan sees it as it was at its first page. */
final class JournalTables {
  private JournalTables() {}

  static SysTable requests(Journal journal) {
    TableSchema schema =
        schema(
            "requests",
            "The last 10,000 requests of this process; a repeated attempt is a row of its own.",
            column("id", DataType.BIGINT, "Counted from 1.").notNull(),
            column("started", DataType.TIMESTAMP_TZ, "When it was sent.").notNull(),
            column("statement_id", DataType.BIGINT, "The id in sys.statements; NULL for others."),
            column("source", DataType.VARCHAR, "The source's name.").notNull(),
            column("purpose", DataType.VARCHAR, "data, metadata, count or token.").notNull(),
            column("table_name", DataType.VARCHAR, "Whose page it is; NULL for others."),
            column("page", DataType.BIGINT, "Of its scan, counted from 1; NULL for others."),
            column("method", DataType.VARCHAR, "The HTTP method.").notNull(),
            column("url", DataType.VARCHAR, "Secrets masked; cut after 1,000 characters.")
                .notNull(),
            column("attempt", DataType.INTEGER, "1 for the first.").notNull(),
            column("status", DataType.INTEGER, "NULL when no answer came."),
            column("bytes", DataType.BIGINT, "Of the body, as they came over the wire.").notNull(),
            column("waited_ms", DataType.BIGINT, "Before it was sent.").notNull(),
            column("took_ms", DataType.BIGINT, "From sending to the end of the body.").notNull(),
            column("fault", DataType.VARCHAR, "What went wrong; NULL for success."),
            column("quota", DataType.VARCHAR, "What it said is left of the caller's quotas."));
    return new SysTable(
        schema,
        Set.of(),
        (wanted, from, context) -> {
          List<@Nullable Object[]> rows = new ArrayList<>();
          journal.requests().forEach(request -> rows.add(row(request)));
          return new Page(rows, Optional.empty());
        });
  }

  private static @Nullable Object[] row(Journal.Request request) {
    RequestReport report = request.report();
    return new @Nullable Object[] {
      request.id(),
      request.started(),
      request.statement().orElse(null),
      report.source(),
      report.purpose().name().toLowerCase(Locale.ROOT),
      report.table().map(TableName::toString).orElse(null),
      report.page().isPresent() ? (Long) report.page().getAsLong() : null,
      report.method(),
      report.url(),
      report.attempt(),
      report.status().isPresent() ? (Integer) report.status().getAsInt() : null,
      report.bytes(),
      report.waited().toMillis(),
      report.took().toMillis(),
      report.fault().orElse(null),
      report.quotas().isEmpty() ? null : Journal.text(report.quotas())
    };
  }

  static SysTable statements(Journal journal) {
    TableSchema schema =
        schema(
            "statements",
            "The last 1,000 statements of this process, in memory alone.",
            column("id", DataType.BIGINT, "Counted from 1.").notNull(),
            column("started", DataType.TIMESTAMP_TZ, "When it was given.").notNull(),
            column("text", DataType.VARCHAR, "Cut after 4,000 characters.").notNull(),
            column(
                    "verdict",
                    DataType.VARCHAR,
                    "running, complete, partial, failed, cancelled or closed.")
                .notNull(),
            column("reason", DataType.VARCHAR, "Why it is not complete."),
            column("row_count", DataType.BIGINT, "Rows handed out; NULL while it runs."),
            column("calls", DataType.BIGINT, "Requests for rows and counts, retries included.")
                .notNull(),
            column("metadata_calls", DataType.BIGINT, "For metadata and credentials.").notNull(),
            column("pages", DataType.BIGINT, "Pages answered.").notNull(),
            column("retries", DataType.BIGINT, "Attempts after a first one.").notNull(),
            column("bytes", DataType.BIGINT, "Of bodies, as they came over the wire.").notNull(),
            column("waited_ms", DataType.BIGINT, "Added up over its requests.").notNull(),
            column("took_ms", DataType.BIGINT, "From its start to its end, or so far.").notNull());
    return new SysTable(
        schema,
        Set.of(),
        (wanted, from, context) -> {
          List<@Nullable Object[]> rows = new ArrayList<>();
          journal.statements().forEach(entry -> rows.add(row(entry)));
          return new Page(rows, Optional.empty());
        });
  }

  private static @Nullable Object[] row(StatementEntry entry) {
    StatementEntry.State state = entry.state();
    Costs costs = state.costs();
    return new @Nullable Object[] {
      entry.id(),
      entry.started(),
      entry.text(),
      state.outcome().name().toLowerCase(Locale.ROOT),
      state.reason().orElse(null),
      state.outcome() == Outcome.RUNNING ? null : (Long) state.rows(),
      costs.calls(),
      costs.metadataCalls(),
      costs.pages(),
      costs.retries(),
      costs.bytes(),
      costs.waited().toMillis(),
      state.took().toMillis()
    };
  }
}
