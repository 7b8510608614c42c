package dev.quire.odata.query;

import dev.quire.odata.metadata.EdmKind;
import dev.quire.odata.metadata.Field;
import dev.quire.odata.metadata.Protocol;
import dev.quire.spi.DataType;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.Function;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Comparisons of a time that the service may keep finer than it shows. SQL compares what is shown,
 * the service what it keeps; the two differ by less than a millisecond, to either side. So the
 * bounds that are sent are that much wider. Immutable.
 */
record ShownMoments(Protocol protocol, Field field) {
  private static final int SHOWN_DIGITS = 3;
  private static final String NOTE = "the service may keep time finer than it shows";

  static boolean areIn(Protocol protocol, Field field) {
    int declared = field.column().type().precision();
    return protocol.showsMilliseconds()
        && (field.kind() == EdmKind.DATE_TIME || field.kind() == EdmKind.DATE_TIME_OFFSET)
        && (declared == DataType.UNKNOWN || declared > SHOWN_DIGITS);
  }

  /** Lets in every row whose shown time compares so with the value. */
  Condition compare(Function function, Expression value) {
    Optional<Instant> moment = Literals.moment(field, value);
    if (moment.isEmpty()) {
      return Condition.none("'" + field.name() + "' cannot hold the value exactly");
    }
    Instant floor = moment.get().truncatedTo(ChronoUnit.MILLIS);
    boolean shown = floor.equals(moment.get());
    Instant ceiling = shown ? floor : floor.plusMillis(1);
    return switch (function) {
      case LT -> condition(term("lt", ceiling));
      case LE -> condition(term("lt", floor.plusMillis(1)));
      case GT -> condition(term("gt", floor));
      case GE -> condition(term("gt", ceiling.minusMillis(1)));
      case EQ ->
          shown
              ? condition(both(term("gt", floor.minusMillis(1)), term("lt", floor.plusMillis(1))))
              : Condition.none("no row shows a time so fine");
      case NE -> shown ? condition(different(floor)) : Condition.none("no row shows it");
      default -> throw new IllegalArgumentException("no comparison: " + function);
    };
  }

  private Optional<String> different(Instant moment) {
    Optional<String> term = term("ne", moment);
    return field.column().nullable() ? both(term, Optional.of(field.urlPath() + " ne null")) : term;
  }

  private static Optional<String> both(Optional<String> left, Optional<String> right) {
    return left.flatMap(one -> right.map(other -> "(" + one + " and " + other + ")"));
  }

  private Optional<String> term(String operator, Instant moment) {
    return Literals.momentText(field, moment)
        .map(text -> field.urlPath() + " " + operator + " " + protocol.literal(field.kind(), text));
  }

  private static Condition condition(Optional<String> text) {
    return text.map(sent -> Condition.narrowing(sent, NOTE))
        .orElseGet(() -> Condition.none("the service does not know such a time"));
  }
}
