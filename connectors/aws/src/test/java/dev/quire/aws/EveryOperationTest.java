package dev.quire.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.aws.catalogue.Catalogue;
import dev.quire.aws.model.OperationModel;
import dev.quire.aws.model.OperationModel.Auth;
import dev.quire.aws.model.ServiceModel;
import dev.quire.aws.model.Shape;
import dev.quire.aws.table.OperationTable;
import dev.quire.aws.table.TableColumn;
import dev.quire.chain.StatementContext;
import dev.quire.spi.Column;
import dev.quire.spi.Column.Trait;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.Page;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.Source;
import dev.quire.spi.SourceConfig;
import dev.quire.spi.SourceException;
import dev.quire.spi.Split;
import dev.quire.spi.Table;
import dev.quire.spi.TableName;
import dev.quire.testkit.FakeApi;
import dev.quire.testkit.FakeClock;
import dev.quire.testkit.Reply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each table of the whole catalogue is asked for a page, and its answer becomes a row. */
class EveryOperationTest {
  private final FakeApi api = FakeApi.start();
  private final FakeClock clock = FakeClock.start();
  private final StatementContext context =
      new StatementContext(clock, StatementContext.Limits.NONE, report -> {});
  private volatile Reply reply = Reply.status(500);

  @AfterEach
  void close() {
    api.close();
  }

  private Source source() {
    Map<String, String> values = new TreeMap<>();
    values.put("endpoint", api.origin());
    values.put("region", "eu-central-1");
    values.put("credentials.access_key_id", "AKIDEXAMPLE");
    values.put("credentials.secret_access_key", "wJalrXUtnFEMI");
    return new AwsConnector()
        .open(SourceConfig.of("aws", values), new ConnectorContext(clock, () -> 0.5));
  }

  @Test
  void a_page_of_every_table_becomes_a_row_with_a_value_in_every_column_that_answers_fill() {
    api.on(request -> reply);
    List<String> faults = new ArrayList<>();
    int tables = 0;
    try (Source source = source()) {
      for (ServiceModel service : Catalogue.bundled().all()) {
        for (String name : OperationTable.names(service)) {
          OperationTable table = OperationTable.find(service, name).orElseThrow();
          if (isReadable(table.operation())) {
            tables++;
            check(source, table, faults);
          }
        }
        api.clearRequests();
      }
    }
    assertThat(faults).isEmpty();
    assertThat(tables).isGreaterThan(3_700);
  }

  @Test
  void what_is_signed_in_another_way_is_refused() {
    try (Source source = source()) {
      OperationTable domains =
          OperationTable.find(Catalogue.bundled().findService("sdb").orElseThrow(), "list_domains")
              .orElseThrow();
      assertThatThrownBy(() -> fetch(source, domains)).isInstanceOf(SourceException.class);
    }
  }

  private static boolean isReadable(OperationModel operation) {
    return operation.auth() != Auth.UNSUPPORTED && !operation.needsDiscovery();
  }

  private void check(Source source, OperationTable table, List<String> faults) {
    reply = SampleAnswers.of(table.service(), table.operation());
    try {
      Page page = fetch(source, table);
      if (page.rows().size() != 1) {
        faults.add(table + " has " + page.rows().size() + " rows");
        return;
      }
      List<TableColumn> columns = List.copyOf(table.columns().values());
      for (int i = 0; i < columns.size(); i++) {
        boolean filled = page.rows().get(0)[i] != null;
        if (!filled && !columns.get(i).column().has(Trait.PARAMETER)) {
          faults.add(table + "." + columns.get(i).name() + " has no value");
        }
      }
    } catch (SourceException e) {
      faults.add(table + ": " + e.getMessage());
    }
  }

  private Page fetch(Source source, OperationTable described) {
    TableName name = described.schema().name();
    Table table =
        source
            .findTable(new TableName(name.namespace().replace('-', '_'), name.name()), context)
            .orElseThrow();
    List<Expression> filters = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    for (Column column : described.schema().columns()) {
      columns.add(column.name());
      if (column.has(Trait.REQUIRED_FILTER)) {
        filters.add(equality(column, described));
      }
    }
    ScanRequest accepted = table.pushDown(ScanRequest.of(columns).withFilters(filters)).accepted();
    Split split = table.splits(accepted, 1, context).get(0);
    return table.open(split, context).fetch(Optional.empty());
  }

  /** What a member of the request takes: JSON where it is no scalar. */
  private static String text(OperationTable table, String column) {
    String member = table.columns().get(column).parameter().orElseThrow();
    Shape shape = table.operation().input().findMember(member).orElseThrow().shape();
    return shape instanceof Shape.ListShape ? "[]" : shape instanceof Shape.Scalar ? "a" : "{}";
  }

  private static Expression equality(Column column, OperationTable table) {
    Object value =
        switch (column.type().kind()) {
          case VARCHAR -> text(table, column.name());
          case INTEGER -> 1;
          case BIGINT -> 1L;
          case BOOLEAN -> true;
          case DOUBLE -> 1.5;
          case TIMESTAMP_TZ -> Instant.EPOCH;
          case VARBINARY -> new byte[] {1};
          default -> throw new AssertionError(column);
        };
    return Expression.call(
        Function.EQ,
        new ColumnRef(column.name(), column.type()),
        new Constant(value, column.type()));
  }
}
