package dev.quire.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.spi.ByteForm;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.SourceException;
import dev.quire.spi.Split;
import dev.quire.spi.Table;
import dev.quire.testkit.ReceivedRequest;
import dev.quire.testkit.Reply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Offsets and pages that are read side by side where the answer says how many there are. */
class RangesTest {
  @TempDir Path folder;

  private static final String OFFSET = "{style: offset, parameter: from, total: /total}";
  private static final String PAGE = "{style: page, parameter: page, pages: /pages}";

  private Api api(String paging, Function<ReceivedRequest, Reply> answers) {
    String spec =
        """
        url: URL
        tables:
          items:
            path: /items
            rows: /items
            total: /total
            page_size: {parameter: size, usual: 10}
            columns: {id: integer}
            paging: %s
        """;
    return new Api(folder, spec.formatted(paging), answers);
  }

  private static String rows(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(id -> "{\"id\":" + id + "}")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static Reply offsets(ReceivedRequest request, int all, int cap) {
    int from = Integer.parseInt(request.parameter("from").orElseThrow());
    int size = Math.min(cap, Integer.parseInt(request.parameter("size").orElseThrow()));
    return Reply.json(
        "{\"total\":%d,\"items\":%s}"
            .formatted(all, rows(from, Math.max(from, Math.min(all, from + size)))));
  }

  private static List<String> read(Api api, int wanted) {
    Table table = api.table("items");
    List<String> ids = new ArrayList<>();
    for (Split split : api.splits(table, wanted, List.of("id"))) {
      Split travelled = ByteForm.splitFrom(ByteForm.of(split));
      api.rows(table, travelled).forEach(row -> ids.add(row.get(0)));
    }
    return ids;
  }

  private static List<String> numbers(int to) {
    return IntStream.range(0, to).mapToObj(Integer::toString).toList();
  }

  @Test
  void offsets_are_cut_into_ranges_and_no_page_is_asked_for_twice() {
    try (Api api = api(OFFSET, request -> offsets(request, 95, 100))) {
      assertThat(read(api, 4)).isEqualTo(numbers(95));
      assertThat(api.requests())
          .hasSize(10)
          .doesNotHaveDuplicates()
          .contains("GET /items?size=10&from=30", "GET /items?size=10&from=90");
      assertThat(api.statement.warnings()).isEmpty();
    }
  }

  @Test
  void page_numbers_are_cut_into_ranges() {
    try (Api api =
        api(
            PAGE,
            request -> {
              int page = Integer.parseInt(request.parameter("page").orElseThrow());
              return Reply.json(
                  "{\"pages\":7,\"items\":" + rows(page * 10 - 10, Math.min(65, page * 10)) + "}");
            })) {
      assertThat(read(api, 3)).isEqualTo(numbers(65));
      assertThat(api.requests()).hasSize(7).doesNotHaveDuplicates();
      assertThat(api.splits(api.table("items"), 3, List.of("id")))
          .extracting(Split::label)
          .containsExactly("1..3", "4..6", "7..");
    }
  }

  @Test
  void rows_that_appear_meanwhile_are_read() {
    int[] asked = {0};
    try (Api api = api(OFFSET, request -> offsets(request, asked[0]++ == 0 ? 20 : 35, 100))) {
      assertThat(read(api, 2)).isEqualTo(numbers(35));
    }
  }

  @Test
  void pages_that_become_shorter_lose_no_row() {
    int[] asked = {0};
    try (Api api = api(OFFSET, request -> offsets(request, 60, asked[0]++ == 0 ? 10 : 7))) {
      assertThat(read(api, 3)).isEqualTo(numbers(60));
    }
  }

  @Test
  void a_service_that_ignores_the_offset_is_noticed_in_every_range() {
    try (Api api =
        api(OFFSET, request -> Reply.json("{\"total\":20,\"items\":" + rows(0, 10) + "}"))) {
      assertThatThrownBy(() -> read(api, 2))
          .isInstanceOfSatisfying(
              SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.LOOP))
          .hasMessageContaining("the table's first page once more")
          .hasMessageContaining("the parameter 'from'");
    }
  }

  @Test
  void a_range_that_ends_before_its_rows_is_an_error() {
    try (Api api =
        api(
            OFFSET,
            request ->
                request.parameter("from").orElseThrow().equals("10")
                    ? Reply.json("{\"total\":40,\"items\":[]}")
                    : offsets(request, 40, 10))) {
      assertThatThrownBy(() -> read(api, 2)).hasMessageContaining("no rows at 10");
    }
  }

  @Test
  void nothing_is_asked_beforehand_where_nothing_can_be_cut() {
    List<String> serial =
        List.of(
            "{style: offset, parameter: from, total: /total, parallel: false}",
            "{style: offset, parameter: from}",
            "{style: page, parameter: page, more: /more}",
            "{style: token, from: /next, parameter: t}");
    for (String paging : serial) {
      try (Api api = api(paging, request -> Reply.status(500))) {
        assertThat(api.splits(api.table("items"), 4, List.of("id"))).hasSize(1);
        assertThat(api.requests()).isEmpty();
      }
    }
    try (Api api = api(OFFSET, request -> Reply.status(500))) {
      Table table = api.table("items");
      ScanRequest few = ScanRequest.of(List.of("id")).withLimit(OptionalLong.of(5));
      assertThat(table.splits(table.pushDown(few).accepted(), 4, api.statement)).hasSize(1);
      assertThat(api.splits(table, 1, List.of("id"))).hasSize(1);
      assertThat(api.requests()).isEmpty();
    }
  }

  @Test
  void a_table_of_one_page_is_one_part_and_one_request() {
    try (Api api = api(OFFSET, request -> offsets(request, 7, 10))) {
      assertThat(read(api, 4)).isEqualTo(numbers(7));
      assertThat(api.requests()).hasSize(1);
    }
  }

  @Test
  void an_empty_table_is_one_request() {
    try (Api api = api(OFFSET, request -> offsets(request, 0, 10))) {
      assertThat(read(api, 4)).isEmpty();
      assertThat(api.requests()).hasSize(1);
    }
  }

  @Test
  void a_first_page_that_told_the_columns_tells_the_ranges_too() {
    String spec =
        """
        url: URL
        tables:
          items:
            path: /items
            rows: /items
            page_size: {parameter: size, usual: 10}
            paging: {style: offset, parameter: from, total: /total}
        """;
    try (Api api = new Api(folder, spec, request -> offsets(request, 40, 10))) {
      assertThat(read(api, 4)).isEqualTo(numbers(40));
      assertThat(api.requests()).hasSize(4).doesNotHaveDuplicates();
    }
  }
}
