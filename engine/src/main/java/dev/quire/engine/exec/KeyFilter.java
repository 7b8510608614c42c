package dev.quire.engine.exec;

import dev.quire.engine.rel.ScanRel;
import dev.quire.spi.DataType;
import dev.quire.spi.Expression;
import dev.quire.spi.Pushdown;
import dev.quire.spi.ScanRequest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds the keys of a bind join to the look-up's scan, and asks the source what it will do. */
final class KeyFilter {
  private final ScanRel lookup;
  private final String column;
  private final DataType type;

  KeyFilter(ScanRel lookup, String column) {
    this.lookup = lookup;
    this.column = column;
    this.type = lookup.target().table().schema().findColumn(column).orElseThrow().type();
  }

  /**
   * The accepted scan for these keys: an equality for one, an IN for more; null if the column can
   * hold none of them.
   */
  @Nullable ScanRequest request(Collection<Object> keys) {
    List<Expression> arguments = new ArrayList<>();
    arguments.add(new Expression.ColumnRef(column, type));
    for (Object key : keys) {
      Object value = ofColumn(key);
      if (value != null) {
        arguments.add(new Expression.Constant(value, type));
      }
    }
    if (arguments.size() == 1) {
      return null;
    }
    Expression.Function function =
        arguments.size() == 2 ? Expression.Function.EQ : Expression.Function.IN;
    List<Expression> filters = new ArrayList<>(lookup.pushdown().wanted().filters());
    filters.add(new Expression.Call(function, arguments));
    List<String> columns = lookup.request().columns();
    ScanRequest wanted = lookup.pushdown().wanted().withColumns(columns).withFilters(filters);
    Pushdown answer = lookup.target().table().pushDown(wanted);
    return answer.accepted().withColumns(columns);
  }

  /** A key in the class of the column; null if the column cannot hold it. */
  private @Nullable Object ofColumn(Object key) {
    return key instanceof Number number ? ofNumber(number) : key;
  }

  private @Nullable Object ofNumber(Number number) {
    try {
      BigDecimal exact = new BigDecimal(number.toString());
      return switch (type.kind()) {
        case SMALLINT -> (int) exact.shortValueExact();
        case INTEGER -> exact.intValueExact();
        case BIGINT -> exact.longValueExact();
        default -> exact;
      };
    } catch (ArithmeticException | NumberFormatException e) {
      return null;
    }
  }
}
