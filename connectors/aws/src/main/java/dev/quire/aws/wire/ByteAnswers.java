package dev.quire.aws.wire;

import dev.quire.aws.model.Member;
import dev.quire.aws.model.OperationModel;
import dev.quire.aws.model.Protocol;
import dev.quire.aws.model.ServiceModel;
import dev.quire.aws.model.Shape;
import dev.quire.aws.wire.ByteValues.Members;
import dev.quire.http.Body;
import dev.quire.json.JsonReader;
import dev.quire.json.UncertainException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON answers of one operation straight from their bytes where they have the common form;
 * {@link AnswerReader} reads the others, and those with faults. One thread at a time.
 */
final class ByteAnswers {
  private final JsonReader reader = new JsonReader();
  private final ByteValues values = new ByteValues(reader);
  private final List<Slot> slots;
  private final Level root;
  private boolean known;

  /** What becomes of the members of one structure. */
  private static final class Level {
    final Members members;
    final @Nullable ByteRows[] rows;
    final boolean[] whole;
    final @Nullable Level[] inner;

    Level(Shape.Structure shape) {
      members = Members.of(shape.members());
      rows = new ByteRows[members.members.length];
      whole = new boolean[rows.length];
      inner = new Level[rows.length];
    }
  }

  private ByteAnswers(Shape.Structure output, Want wanted, List<Slot> slots) {
    this.slots = slots;
    this.root = level(output, wanted);
  }

  /** Null where the answers of an operation cannot be read here. */
  static @Nullable ByteAnswers find(
      ServiceModel service, OperationModel operation, Want wanted, List<Slot> slots) {
    boolean isJson =
        service.protocol() == Protocol.JSON || service.protocol() == Protocol.REST_JSON;
    if (!isJson || operation.output().payload().isPresent()) {
      return null;
    }
    try {
      return new ByteAnswers(operation.output(), wanted, slots);
    } catch (Misfit e) {
      return null;
    }
  }

  private Level level(Shape.Structure shape, Want want) {
    Level level = new Level(shape);
    for (int i = 0; i < level.rows.length; i++) {
      Member member = level.members.members[i];
      Want inner = want.of(member.name());
      if (inner != null) {
        place(level, i, inner);
      }
    }
    return level;
  }

  private void place(Level level, int i, Want want) {
    Shape shape = level.members.shapes[i];
    if (want.last() != null) {
      throw new Misfit("wanted of the last row");
    }
    if (want.isRows()) {
      level.rows[i] = new ByteRows(reader, values, slots, shape);
    } else if (want.isWhole()) {
      level.whole[i] = true;
    } else if (shape instanceof Shape.Structure structure) {
      level.inner[i] = level(structure, want);
    }
  }

  /**
   * Reads an answer.
   *
   * @param rows take the rows
   * @param captured takes what is wanted besides
   * @return whether it is certain what the answer says; if not, the rest is of no use
   */
  boolean read(Body body, List<@Nullable Object[]> rows, Map<String, Object> captured) {
    known = false;
    reader.open(body.array(), body.length());
    try {
      members(root, rows, captured);
      reader.end();
      return known;
    } catch (UncertainException | Misfit e) {
      return false;
    }
  }

  private void members(Level level, List<@Nullable Object[]> rows, Map<String, Object> into)
      throws UncertainException {
    reader.beginObject();
    for (int i; (i = reader.next(level.members.names)) != JsonReader.END; ) {
      known = true;
      ByteRows ofRows = level.rows[i];
      Level inner = level.inner[i];
      if (ofRows == null && inner == null && !level.whole[i]) {
        reader.skip();
      } else if (!reader.tryNull()) {
        if (ofRows != null) {
          ofRows.take(rows);
        } else {
          capture(level, i, rows, into);
        }
      }
    }
  }

  private void capture(Level level, int i, List<@Nullable Object[]> rows, Map<String, Object> into)
      throws UncertainException {
    Object value;
    Level inner = level.inner[i];
    if (inner == null) {
      value = values.take(level.members.shapes[i]);
    } else {
      Map<String, Object> map = new LinkedHashMap<>();
      members(inner, rows, map);
      value = map;
    }
    if (into.put(level.members.members[i].name(), value) != null) {
      throw new Misfit("there twice");
    }
  }
}
