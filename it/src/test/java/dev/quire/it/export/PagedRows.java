package dev.quire.it.export;

import dev.quire.testkit.FakeApi;
import dev.quire.testkit.ReceivedRequest;
import dev.quire.testkit.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A REST API with numbered rows, in pages that are found by tokens and again by offsets, and with a
 * network that fails in many ways now and then. Thread-safe.
 */
public final class PagedRows implements AutoCloseable {
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
            filler: string
        ranges:
          path: /ranges
          rows: /items
          total: /total
          paging: {style: offset, parameter: offset}
          columns:
            id: bigint
            name: string
            amount: decimal(12, 2)
            filler: string
      """;

  private static final int PAGE = 1_000;

  /** So much that repetitions are rare in what a packer sees at a time. */
  private static final int TEXT = 4 << 20;

  private final FakeApi api = FakeApi.start();
  private final long rows;
  private final Random random;
  private final int filler;
  private final String text;
  private final AtomicLong pages = new AtomicLong();

  /**
   * @param filler letters in a column that can hardly be packed
   */
  public PagedRows(long rows, long seed, int filler) {
    this.rows = rows;
    this.random = new Random(seed);
    this.filler = filler;
    this.text = filler == 0 ? "" : text(random);
    api.on("/rows", this::answer);
    api.on("/ranges", this::answer);
  }

  private static String text(Random random) {
    byte[] letters = new byte[TEXT];
    for (int i = 0; i < TEXT; i++) {
      letters[i] = (byte) ('@' + random.nextInt(28));
    }
    return new String(letters, StandardCharsets.US_ASCII);
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
          .append(".25,\"filler\":\"")
          .append(filler(id))
          .append("\"}");
    }
    json.append("]");
    if (end < rows) {
      json.append(",\"next\":\"").append(end).append('"');
    }
    return json.append("}").toString();
  }

  private String filler(long id) {
    int from = filler == 0 ? 0 : (int) (id * 7_919 % (TEXT - filler));
    return text.substring(from, from + filler);
  }

  @Override
  public void close() {
    api.close();
  }
}
