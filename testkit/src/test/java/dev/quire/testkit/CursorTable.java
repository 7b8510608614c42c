package dev.quire.testkit;

import dev.quire.spi.CallContext;
import dev.quire.spi.Column;
import dev.quire.spi.Continuation;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Expression;
import dev.quire.spi.Fidelity;
import dev.quire.spi.Page;
import dev.quire.spi.PageFetcher;
import dev.quire.spi.Pushdown;
import dev.quire.spi.RequestPreview;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.SourceException;
import dev.quire.spi.Split;
import dev.quire.spi.Table;
import dev.quire.spi.TableSchema;
import dev.quire.testkit.CursorSource.Fault;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The table of {@link CursorSource}. A page is lines of text: {@code rows}, one line a row with its
 * values between bars, {@code next =TOKEN} or nothing, {@code end}.
 */
record CursorTable(CursorHttp http, String origin, boolean links, Set<Fault> faults)
    implements Table {

  @Override
  public TableSchema schema() {
    return CursorSource.schema();
  }

  @Override
  public Pushdown pushDown(ScanRequest wanted) {
    if (!links) {
      return Pushdown.nothing(wanted);
    }
    Pushdown answer = Pushdown.filtering(wanted, this::fidelity);
    boolean exact = answer.filtersAreExact();
    if (exact && wanted.aggregation().filter(ScanRequest.Aggregation::isCountAll).isPresent()) {
      return answer.withAggregation();
    }
    boolean ordered =
        wanted.order().isEmpty()
            || (wanted.order().size() == 1 && wanted.order().get(0).column().equals("id"));
    if (exact && ordered && !wanted.order().isEmpty()) {
      answer = answer.withOrder();
    }
    if (exact && ordered && wanted.offset() > 0) {
      answer = answer.withOffset();
    }
    if (exact && ordered && wanted.limit().isPresent()) {
      answer = answer.withLimit(Fidelity.EXACT);
    }
    return answer;
  }

  private Fidelity fidelity(Expression filter) {
    if (!(filter instanceof Expression.Call call)
        || call.function() != Expression.Function.EQ
        || !(call.arguments().get(0) instanceof Expression.ColumnRef column)) {
      return Fidelity.NONE;
    }
    Expression value = call.arguments().get(1);
    boolean known =
        value instanceof Expression.Constant constant && constant.value() != null
            || value instanceof Expression.Placeholder
                && !faults.contains(Fault.REFUSES_PLACEHOLDERS);
    if (!known) {
      return Fidelity.NONE;
    }
    return column.name().equals("id") ? Fidelity.EXACT : Fidelity.NARROWING;
  }

  @Override
  public PageFetcher open(Split split, CallContext context) {
    Fetcher fetcher = new Fetcher(split.scan().columns(), context);
    if (faults.contains(Fault.FETCHES_IN_OPEN)) {
      fetcher.fetch(Optional.empty());
    }
    return fetcher;
  }

  private final class Fetcher implements PageFetcher {
    private final List<String> columns;
    private final CallContext context;
    private Optional<Continuation> last = Optional.empty();

    Fetcher(List<String> columns, CallContext context) {
      this.columns = columns;
      this.context = context;
    }

    @Override
    public RequestPreview firstRequest() {
      return new RequestPreview("GET", origin + "/rows", Map.of(), Optional.empty());
    }

    @Override
    public Page fetch(Optional<Continuation> asked) {
      Optional<Continuation> from = faults.contains(Fault.REMEMBERS_ITS_PLACE) ? last : asked;
      boolean bare = from.isPresent() && faults.contains(Fault.FORGETS_HEADERS_ON_PAGE_TWO);
      String text = text(http.get(url(from), bare, context));
      Page page = parse(text);
      last = page.next();
      boolean ends =
          faults.contains(Fault.EMPTY_PAGE_IS_THE_END) && page.rows().isEmpty()
              || faults.contains(Fault.SHORT_PAGE_IS_THE_END) && page.rows().size() < 3;
      return ends ? new Page(page.rows(), Optional.empty()) : page;
    }

    private String url(Optional<Continuation> from) {
      if (from.isEmpty()) {
        return origin + "/rows";
      }
      String token = from.get().value();
      if (links) {
        return token.startsWith("/") ? "http:" + token : token;
      }
      return faults.contains(Fault.SENDS_TOKENS_UNENCODED)
          ? origin + "/rows?cursor=" + token.replace(' ', '+').replace("é", "%C3%A9")
          : origin + "/rows?cursor=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
    }

    private String text(byte[] body) {
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      } catch (CharacterCodingException e) {
        if (faults.contains(Fault.TAKES_ANYTHING_FOR_A_PAGE)) {
          return "";
        }
        throw new SourceException(ErrorKind.MALFORMED_RESPONSE, "not UTF-8", e);
      }
    }

    private Page parse(String text) {
      String[] lines = text.split("\n", -1);
      boolean trailing =
          !text.endsWith("\nend\n") && !faults.contains(Fault.IGNORES_TRAILING_GARBAGE)
              || !text.contains("\nend\n");
      if (trailing || !lines[0].equals("rows")) {
        if (faults.contains(Fault.TAKES_ANYTHING_FOR_A_PAGE)) {
          return new Page(List.of(), Optional.empty());
        }
        String shown = text.substring(0, Math.min(200, text.length()));
        throw new SourceException(
            ErrorKind.MALFORMED_RESPONSE, "not a page: " + http.masked(shown));
      }
      List<Object[]> rows = new ArrayList<>();
      Optional<Continuation> next = Optional.empty();
      for (int i = 1; !lines[i].equals("end"); i++) {
        if (!lines[i].startsWith("next ")) {
          rows.add(row(lines[i].split("\\|", -1)));
        } else if (lines[i].length() > 6) {
          next = Optional.of(new Continuation(lines[i].substring(6)));
        }
      }
      return new Page(rows, next);
    }

    private Object[] row(String[] fields) {
      List<String> names = schema().columns().stream().map(Column::name).toList();
      List<String> wanted = faults.contains(Fault.GIVES_ALL_COLUMNS) ? names : columns;
      return wanted.stream().map(name -> value(name, fields[names.indexOf(name)])).toArray();
    }

    private Object value(String column, String text) {
      if (text.equals("-")) {
        return null;
      }
      return switch (column) {
        case "id" -> Integer.valueOf(text);
        case "amount" -> new BigDecimal(text);
        case "big" -> Long.valueOf(text);
        case "created" -> Instant.parse(text);
        default -> text;
      };
    }
  }
}
