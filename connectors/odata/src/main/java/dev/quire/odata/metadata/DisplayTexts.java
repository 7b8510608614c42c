package dev.quire.odata.metadata;

import dev.quire.spi.Column;
import dev.quire.spi.Column.Trait;
import dev.quire.spi.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether tables have columns for what Dataverse says beside a value when it is asked: how people
 * are shown it ({@code statecode_formatted}), and which table a lookup leads to ({@code
 * _ownerid_value_logicalname}). Immutable.
 */
public enum DisplayTexts {
  NONE,
  /** left out of {@code SELECT *} */
  HIDDEN,
  SHOWN;

  private static final String FORMATTED = "OData.Community.Display.V1.FormattedValue";
  private static final String LOGICAL_NAME = "Microsoft.Dynamics.CRM.lookuplogicalname";

  /** The columns that belong to a column. */
  List<Field> of(Field field) {
    return of(field, field.isLookup());
  }

  /**
   * The columns that belong to a column.
   *
   * @param lookup whether it holds the key of a row of another table
   */
  public List<Field> of(Field field, boolean lookup) {
    List<Field> texts = new ArrayList<>();
    if (this != NONE && (lookup || isFormatted(field.kind()))) {
      texts.add(text(field, "_formatted", FORMATTED, "how people are shown "));
    }
    if (this != NONE && lookup) {
      texts.add(text(field, "_logicalname", LOGICAL_NAME, "the logical name of the table of "));
    }
    return texts;
  }

  private Field text(Field field, String suffix, String term, String what) {
    Set<Trait> traits = this == HIDDEN ? Set.of(Trait.HIDDEN) : Set.of();
    Column column =
        new Column(
            field.name() + suffix,
            DataType.VARCHAR,
            true,
            traits,
            Optional.of(what + field.name()));
    return Field.sent(column, field.path().get(0) + "@" + term, EdmKind.STRING);
  }

  /** A choice is a number in the model, so every number has a text. */
  private static boolean isFormatted(EdmKind kind) {
    return switch (kind) {
      case BOOLEAN, INT32, INT64, DECIMAL, DOUBLE, DATE, DATE_TIME_OFFSET -> true;
      default -> false;
    };
  }
}
