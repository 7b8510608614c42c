package dev.quire.it.export;

import dev.quire.testkit.FakeApi;
import dev.quire.testkit.ReceivedRequest;
import dev.quire.testkit.Reply;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A REST API with numbered rows, in pages that are found by tokens and again by offsets, and with a
 * network that fails in many ways now and then. Thread-safe.
 */
final class PagedRows implements AutoCloseable {
  /** What Quire is told of it. */
  static final String SPEC =
      """
      url: %s
      page_size: {parameter: limit, usual: 1000, most: 1000}
      paging: {style: token, from: /next, parameter: cursor}
      tables:
        rows:
          path: /rows
          rows: /items
          columns:
            id: bigint
            name: string
            amount: decimal(12, 2)
        ranges:
          path: /ranges
          rows: /items
          total: /total
          paging: {style: offset, parameter: offset}
          columns:
            id: bigint
            name: string
            amount: decimal(12, 2)
      """;

  private static final int PAGE = 1_000;

  private final FakeApi api = FakeApi.start();
  private final long rows;
  private final Random random;
  private final AtomicLong pages = new AtomicLong();

  PagedRows(long rows, long seed) {
    this.rows = rows;
    this.random = new Random(seed);
    api.on("/rows", this::answer);
    api.on("/ranges", this::answer);
  }

  String spec() {
    return SPEC.formatted(api.origin());
  }

  /** Whole pages that were answered so far. */
  long pages() {
    return pages.get();
  }

  private Reply answer(ReceivedRequest request) {
    String place = request.path().equals("/ranges") ? "offset" : "cursor";
    long from = Math.min(rows, request.parameter(place).map(Long::parseLong).orElse(0L));
    long most = request.parameter("limit").map(Long::parseLong).orElse((long) PAGE);
    Reply page = Reply.json(page(from, Math.min(most, PAGE)));
    int dice;
    synchronized (random) {
      dice = random.nextInt(100);
    }
    switch (dice) {
      case 0:
        return Reply.throttled("0");
      case 1:
        return Reply.status(500).withRetryAfter("0");
      case 2:
        return Reply.resetWithoutAnswer();
      case 3:
        return page.resetAfter(5_000);
      case 4:
        return page.shortBody();
      default:
        pages.incrementAndGet();
        return page;
    }
  }

  private String page(long from, long most) {
    StringBuilder json = new StringBuilder("{\"total\":" + rows + ",\"items\":[");
    long end = Math.min(rows, from + most);
    for (long id = from; id < end; id++) {
      json.append(id == from ? "" : ",")
          .append("{\"id\":")
          .append(id)
          .append(",\"name\":\"row, \\\"")
          .append(id)
          .append("\\\"\",\"amount\":")
          .append(id)
          .append(".25}");
    }
    json.append("]");
    if (end < rows) {
      json.append(",\"next\":\"").append(end).append('"');
    }
    return json.append("}").toString();
  }

  @Override
  public void close() {
    api.close();
  }
}
