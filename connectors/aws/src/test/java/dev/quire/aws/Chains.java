package dev.quire.aws;

import dev.quire.aws.access.Access;
import dev.quire.aws.access.Doors;
import dev.quire.aws.model.OperationModel;
import dev.quire.aws.model.ServiceModel;
import dev.quire.aws.wire.Slot;
import dev.quire.chain.Demand;
import dev.quire.chain.PageChain;
import dev.quire.chain.StatementContext;
import dev.quire.spi.CallContext;
import dev.quire.spi.Checkpoint;
import dev.quire.spi.Column;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.DataType;
import dev.quire.spi.PageFetcher;
import dev.quire.spi.Pushdown;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.SourceConfig;
import dev.quire.spi.Split;
import dev.quire.spi.Table;
import dev.quire.spi.TableName;
import dev.quire.spi.TableSchema;
import dev.quire.testkit.FakeApi;
import dev.quire.testkit.FakeClock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads chains of calls against a fake API, with the real page chain. */
final class Chains implements AutoCloseable {
  final FakeApi api = FakeApi.start();
  final FakeClock clock = FakeClock.start();
  final StatementContext context =
      new StatementContext(clock, StatementContext.Limits.NONE, report -> {});
  private final Access access;
  private final Doors doors;

  Chains(String... pairs) {
    Map<String, String> values = new TreeMap<>();
    values.put("region", "eu-central-1");
    values.put("endpoint", api.origin());
    values.put("credentials.access_key_id", "AKIDEXAMPLE");
    values.put("credentials.secret_access_key", "wJalrXUtnFEMI/K7MDENG");
    for (int i = 0; i < pairs.length; i += 2) {
      values.put(pairs[i], pairs[i + 1]);
    }
    access = Access.of(SourceConfig.of("aws", values));
    doors = new Doors(access, new ConnectorContext(clock, () -> 0.5));
  }

  static Slot member(String name, DataType type) {
    return new Slot(name, type, Slot.Origin.MEMBER, name);
  }

  static Call call(ServiceModel service, Slot... slots) {
    OperationModel operation = service.operations().values().iterator().next();
    return new Call(
        service,
        operation,
        operation.paginator().results().get(0),
        "eu-central-1",
        Optional.empty(),
        Map.of("Kind", "a b"),
        slots.length == 0 ? List.of(member("Name", DataType.VARCHAR)) : List.of(slots),
        Map.of(),
        Optional.empty());
  }

  static Call with(Call call, Map<String, Object> members, OptionalInt pageSize) {
    Map<String, Object> all = new LinkedHashMap<>(call.members());
    all.putAll(members);
    pageSize.ifPresent(rows -> all.put("MaxResults", rows));
    return new Call(
        call.service(),
        call.operation(),
        call.result(),
        call.region(),
        call.role(),
        all,
        call.slots(),
        call.given(),
        call.stop());
  }

  static Call stopping(Call call, EarlyStop stop) {
    return new Call(
        call.service(),
        call.operation(),
        call.result(),
        call.region(),
        call.role(),
        call.members(),
        call.slots(),
        call.given(),
        Optional.of(stop));
  }

  PageFetcher pages(Call call) {
    return new OperationPages(
        call, new OperationPages.Supplies(access, doors, clock::now), context);
  }

  /** All rows, each as a list. */
  List<List<Object>> rows(Call call) {
    return read(call, Checkpoint.START, Long.MAX_VALUE);
  }

  List<List<Object>> read(Call call, Checkpoint start, long most) {
    List<List<Object>> rows = new ArrayList<>();
    try (PageChain chain = chain(call, start, most)) {
      while (rows.size() < most) {
        List<@Nullable Object[]> page = chain.next();
        if (page == null) {
          break;
        }
        page.forEach(row -> rows.add(Arrays.asList(row)));
      }
    }
    return rows.size() > most ? rows.subList(0, (int) most) : rows;
  }

  PageChain chain(Call call, Checkpoint start, long most) {
    Table table = new CallTable(call);
    return new PageChain(
        table,
        Split.whole(table.schema().name(), ScanRequest.of(List.of())),
        context,
        start,
        most == Long.MAX_VALUE ? Demand.ALL : Demand.first(most),
        Runnable::run,
        "aws.things.list_things");
  }

  /** The first column of all rows. */
  List<Object> names(Call call) {
    return rows(call).stream().map(row -> row.get(0)).toList();
  }

  private final class CallTable implements Table {
    private final Call call;

    CallTable(Call call) {
      this.call = call;
    }

    @Override
    public TableSchema schema() {
      return new TableSchema(
          new TableName("things", "list_things"), List.of(Column.of("Name", DataType.VARCHAR)));
    }

    @Override
    public Pushdown pushDown(ScanRequest wanted) {
      return Pushdown.nothing(wanted);
    }

    @Override
    public PageFetcher open(Split split, CallContext scoped) {
      return new OperationPages(
          call, new OperationPages.Supplies(access, doors, clock::now), scoped);
    }
  }

  @Override
  public void close() {
    doors.close();
    api.close();
  }
}
