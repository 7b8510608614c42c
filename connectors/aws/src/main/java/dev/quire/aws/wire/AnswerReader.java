package dev.quire.aws.wire;

import dev.quire.aws.model.Location;
import dev.quire.aws.model.Member;
import dev.quire.aws.model.OperationModel;
import dev.quire.aws.model.Path;
import dev.quire.aws.model.ServiceModel;
import dev.quire.aws.model.Shape;
import dev.quire.http.Body;
import dev.quire.http.HttpResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answers of one operation from the first byte to the last: rows, and what the wanted
 * paths need. Only what is wanted becomes an object. Whatever is not a whole answer of the
 * operation is an error, never an answer without rows. Thread-safe.
 */
public final class AnswerReader {
  private static final byte[] NO_BYTES = {};

  private final OperationModel operation;
  private final List<Slot> slots;
  private final Want wanted;
  private final Formats formats;
  private final Supplier<@Nullable ByteAnswers> common;
  private final boolean hasCommon;

  /** What reads the common form and is not at work just now. */
  private final Queue<ByteAnswers> idle = new ConcurrentLinkedQueue<>();

  /**
   * @param rows where the rows are in an answer
   * @param slots the columns of a row, in order
   * @param captured the paths that {@link Answer#captured} shall answer
   */
  public AnswerReader(
      ServiceModel service,
      OperationModel operation,
      Path rows,
      List<Slot> slots,
      List<Path> captured) {
    this.operation = operation;
    this.slots = List.copyOf(slots);
    List<Path> paths = new ArrayList<>(captured);
    slots.stream()
        .filter(slot -> slot.origin() == Slot.Origin.ANSWER)
        .forEach(slot -> paths.add(Path.parse(slot.path())));
    this.wanted = Want.of(rows, paths);
    this.formats = new Formats(service, operation);
    this.common = () -> ByteAnswers.find(service, operation, wanted, this.slots);
    ByteAnswers first = common.get();
    this.hasCommon = first != null;
    if (first != null) {
      idle.add(first);
    }
  }

  /**
   * Reads an answer.
   *
   * @throws IOException when the stream breaks
   * @throws dev.quire.spi.SourceException MALFORMED_RESPONSE, INVALID_VALUE, or what an error says
   *     that stands in an answer of status 200
   */
  public Answer read(HttpResponse response) throws IOException {
    if (!hasCommon) {
      return any(response);
    }
    Body body = response.whole(NO_BYTES, Body.most());
    Answer answer = body.isWhole() ? common(response, body) : null;
    return answer != null ? answer : any(response.with(body));
  }

  private @Nullable Answer common(HttpResponse response, Body body) {
    Reading reading = new Reading();
    reading.headers(response);
    ByteAnswers kept = idle.poll();
    ByteAnswers bytes = kept == null ? common.get() : kept;
    if (bytes == null || !bytes.read(body, reading.rows, reading.captured)) {
      return null;
    }
    idle.add(bytes);
    reading.known = 1;
    return reading.finish();
  }

  private Answer any(HttpResponse response) throws IOException {
    Reading reading = new Reading();
    reading.headers(response);
    try {
      formats.read(response, cursor -> reading.body(cursor));
    } catch (Misfit e) {
      throw Malformed.answer("the answer's member '" + reading.place + "' is " + e.problem(), null);
    }
    return reading.finish();
  }

  /** One answer on its way. */
  private final class Reading {
    private final Map<String, Object> captured = new LinkedHashMap<>();
    private final List<@Nullable Object[]> rows = new ArrayList<>();
    private int known;
    private @Nullable String unknown;
    private String place = "";

    void headers(HttpResponse response) {
      for (Member member : operation.output().members()) {
        if (member.location() == Location.HEADER
            && member.shape() instanceof Shape.Scalar scalar
            && wanted.of(member.name()) != null) {
          response
              .header(member.wireName())
              .ifPresent(text -> captured.put(member.name(), Scalars.parse(scalar, text)));
        }
      }
    }

    void body(AnswerCursor cursor) throws IOException {
      Shape.Structure output = operation.output();
      Optional<Member> payload = output.payload().flatMap(output::findMember);
      if (payload.isEmpty()) {
        structure(cursor, output, wanted, captured);
        return;
      }
      place = payload.get().name();
      Want inner = wanted.of(place);
      if (inner == null) {
        cursor.skip();
      } else {
        value(cursor, payload.get(), inner, captured);
      }
    }

    private void structure(
        AnswerCursor cursor, Shape.Structure shape, Want want, Map<String, Object> into)
        throws IOException {
      cursor.structure(
          shape,
          new AnswerCursor.MemberVisitor() {
            @Override
            public void visit(Member member) throws IOException {
              known++;
              place = member.name();
              Want inner = want.of(member.name());
              if (inner == null || cursor.isNull()) {
                cursor.skip();
              } else {
                value(cursor, member, inner, into);
              }
            }

            @Override
            public void unknown(String wireName) {
              unknown = wireName;
            }
          });
    }

    private void value(AnswerCursor cursor, Member member, Want want, Map<String, Object> into)
        throws IOException {
      if (want.isRows()) {
        rows(cursor, member, want, into);
      } else if (want.isWhole()) {
        Object value = Trees.joined(into.get(member.name()), Trees.read(cursor, member.shape()));
        if (value != null) {
          into.put(member.name(), value);
        }
      } else if (member.shape() instanceof Shape.Structure structure) {
        Map<String, Object> inner = new LinkedHashMap<>();
        structure(cursor, structure, want, inner);
        into.put(member.name(), inner);
      } else if (member.shape() instanceof Shape.ListShape list && want.last() != null) {
        // The rows are elsewhere, and the token is in the last element here.
        Object last = lastOf(Trees.read(cursor, list));
        if (last != null) {
          into.put(member.name(), List.of(last));
        }
      } else {
        cursor.skip();
      }
    }

    private @Nullable Object lastOf(@Nullable Object value) {
      return value instanceof List<?> list && !list.isEmpty() ? list.get(list.size() - 1) : null;
    }

    private void rows(AnswerCursor cursor, Member member, Want want, Map<String, Object> into)
        throws IOException {
      RowReader reader = new RowReader(slots, cursor, want.last(), rows);
      reader.read(member.shape());
      if (!reader.lastRow().isEmpty()) {
        into.put(member.name(), List.of(reader.lastRow()));
      }
    }

    /** What is the same in all rows of the page comes last, since it may stand after them. */
    Answer finish() {
      if (known == 0 && unknown != null) {
        throw Malformed.answer(
                "the answer is not one of "
                    + operation.name()
                    + ": it has "
                    + Scalars.shown(unknown)
                    + " and none of the operation's members",
                null)
            .withHint("Check 'endpoint': does the service answer there?");
      }
      for (int i = 0; i < slots.size(); i++) {
        Slot slot = slots.get(i);
        if (slot.origin() == Slot.Origin.ANSWER) {
          Object value = Path.parse(slot.path()).find(captured).orElse(null);
          Object fitted = value == null ? null : RowReader.fitted(value, slot.type());
          for (@Nullable Object[] row : rows) {
            row[i] = fitted;
          }
        }
      }
      return new Answer(rows, captured);
    }
  }
}
