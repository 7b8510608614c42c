package dev.quire.aws;

import dev.quire.aws.access.Access;
import dev.quire.aws.access.Doors;
import dev.quire.aws.access.Endpoint;
import dev.quire.aws.model.OperationModel;
import dev.quire.aws.model.Paginator;
import dev.quire.aws.wire.Answer;
import dev.quire.aws.wire.AnswerReader;
import dev.quire.aws.wire.AwsFaults;
import dev.quire.aws.wire.EarlyToken;
import dev.quire.aws.wire.RequestWriter;
import dev.quire.aws.wire.Slot;
import dev.quire.aws.wire.Tokens;
import dev.quire.http.Bodies;
import dev.quire.http.Body;
import dev.quire.http.FaultReader;
import dev.quire.http.HttpDoor;
import dev.quire.http.HttpRequest;
import dev.quire.http.HttpResponse;
import dev.quire.spi.CallContext;
import dev.quire.spi.Continuation;
import dev.quire.spi.DataType;
import dev.quire.spi.Page;
import dev.quire.spi.PageFetcher;
import dev.quire.spi.RequestPreview;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one chain of calls. Two threads at a time, one of them from where the other has told
 * a continuation.
 */
final class OperationPages implements PageFetcher {
  private final Call call;
  private final Supplies supplies;
  private final CallContext context;
  private final Endpoint endpoint;
  private final RequestWriter writer;
  private final AnswerReader reader;
  private final Tokens tokens;
  private final Optional<EarlyToken> early;

  private final Bodies bodies = new Bodies();
  private volatile @Nullable HttpDoor door;
  private volatile boolean unsized;

  /** What all chains of a source share. */
  record Supplies(Access access, Doors doors, Supplier<Instant> clock) {}

  OperationPages(Call call, Supplies supplies, CallContext context) {
    this.call = call;
    this.supplies = supplies;
    this.context = context;
    OperationModel operation = call.operation();
    this.endpoint =
        Endpoint.of(supplies.access(), call.service(), operation, call.region(), call.members());
    RequestWriter plain = new RequestWriter(call.service(), operation);
    this.writer = endpoint.bucketInHost() ? plain.withoutBucket() : plain;
    this.tokens = new Tokens(operation.paginator());
    this.early = EarlyToken.find(call.service(), operation);
    this.reader =
        new AnswerReader(call.service(), operation, call.result(), slots(), tokens.wanted());
  }

  /** The row's columns and, behind them, the moment that the order is checked by. */
  private List<Slot> slots() {
    List<Slot> slots = new ArrayList<>(call.slots());
    call.stop()
        .ifPresent(
            stop ->
                slots.add(
                    new Slot(
                        stop.member(), DataType.TIMESTAMP_TZ, Slot.Origin.MEMBER, stop.member())));
    return slots;
  }

  @Override
  public Page fetch(Optional<Continuation> from) {
    return fetch(from, next -> {});
  }

  @Override
  public Page fetch(Optional<Continuation> from, Consumer<Continuation> next) {
    SizeFaults faults = new SizeFaults(faults(), limit());
    try {
      return exchange(from, next, faults);
    } catch (SourceException e) {
      if (unsized || !faults.refused()) {
        throw e;
      }
      unsized = true;
      context.warn(
          call.service().name()
              + "."
              + call.operation().snakeName()
              + ": the service refuses the page size, and chooses one itself");
      return exchange(from, next, faults());
    }
  }

  private FaultReader faults() {
    return new AwsFaults(
        supplies.access().config().name(),
        call.service(),
        call.operation(),
        call.region(),
        supplies.clock());
  }

  private Page exchange(
      Optional<Continuation> from, Consumer<Continuation> told, FaultReader faults) {
    Answer answer =
        door().exchange(request(from), context, faults, response -> answer(response, from, told));
    List<@Nullable Object[]> rows = answer.rows();
    give(rows);
    Optional<Continuation> next = tokens.next(answer.captured(), from);
    return call.stop().map(stop -> stopped(rows, next, stop)).orElseGet(() -> new Page(rows, next));
  }

  /** Says where the next page starts when the body is there, unless the rows may say otherwise. */
  private Answer answer(
      HttpResponse response, Optional<Continuation> from, Consumer<Continuation> told)
      throws IOException {
    Body body = bodies.read(response);
    if (body.isWhole() && call.stop().isEmpty()) {
      early.flatMap(token -> token.of(body, from)).ifPresent(told);
    }
    Answer answer = reader.read(response.with(body));
    bodies.free(body);
    return answer;
  }

  private HttpDoor door() {
    HttpDoor known = door;
    if (known == null) {
      known = supplies.doors().to(endpoint, call.operation().auth(), call.role(), call.region());
      door = known;
    }
    return known;
  }

  private HttpRequest request(Optional<Continuation> from) {
    Map<String, Object> members = new LinkedHashMap<>(call.members());
    if (unsized) {
      call.operation().paginator().limit().ifPresent(limit -> members.remove(limit.member()));
    }
    from.ifPresent(place -> members.putAll(tokens.members(place)));
    return writer.write(endpoint.base(), members);
  }

  /** The member that takes the page size, if one is asked for. */
  private Optional<String> limit() {
    return call.operation()
        .paginator()
        .limit()
        .map(Paginator.Limit::member)
        .filter(member -> !unsized && call.members().containsKey(member));
  }

  /** Fills what the answer says nothing of. */
  private void give(List<@Nullable Object[]> rows) {
    for (int i = 0; i < call.slots().size(); i++) {
      Object given = call.given().get(call.slots().get(i).column());
      if (given != null) {
        for (@Nullable Object[] row : rows) {
          if (row[i] == null) {
            row[i] = given;
          }
        }
      }
    }
  }

  private Page stopped(List<@Nullable Object[]> rows, Optional<Continuation> next, EarlyStop stop) {
    int width = call.slots().size();
    List<@Nullable Object[]> plain = new ArrayList<>(rows.size());
    boolean kept = !stop.isBroken();
    for (@Nullable Object[] row : rows) {
      stop.see((Instant) row[width]);
      plain.add(Arrays.copyOf(row, width));
    }
    if (kept && stop.isBroken()) {
      context.warn(
          call.service().name()
              + "."
              + call.operation().snakeName()
              + ": the rows do not come in the order of "
              + stop.member()
              + ", so all pages are read");
    }
    return new Page(plain, stop.isReached() ? Optional.empty() : next);
  }

  @Override
  public RequestPreview firstRequest() {
    HttpRequest request = request(Optional.empty());
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(request.headers());
    headers.keySet().removeIf(name -> !name.equalsIgnoreCase("X-Amz-Target"));
    return door()
        .preview(
            new HttpRequest(
                request.purpose(), request.method(), request.url(), headers, request.body()));
  }
}
